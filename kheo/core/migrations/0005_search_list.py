from django.db import migrations

from kheo.core.search import tables


def move(apps, schema_editor):
    """On PostgreSQL the vectors get a table of their own; what is indexed already moves over."""
    tables.install(schema_editor.connection)
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'core_searchentry' AND column_name = 'vector'")
        if cursor.fetchone():
            cursor.execute("INSERT INTO core_search_list SELECT id, vector FROM core_searchentry WHERE vector IS NOT NULL ON CONFLICT (id) DO NOTHING")
            cursor.execute("ALTER TABLE core_searchentry DROP COLUMN vector")


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_search_functions'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
