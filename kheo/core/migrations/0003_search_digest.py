from django.db import migrations, models

from kheo.core.search import tables


def install(apps, schema_editor):
    """SQLite makes the table anew for a column, and its triggers are gone with the old one."""
    tables.install(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchentry',
            name='digest',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
