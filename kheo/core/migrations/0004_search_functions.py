from django.db import migrations

from kheo.core.search import tables


def install(apps, schema_editor):
    """The two functions of PostgreSQL that always go by the index."""
    tables.install(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_search_digest'),
    ]

    operations = [
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
