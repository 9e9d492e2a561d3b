from django.db import migrations

from kheo.core.search import tables


def lay_out(apps, schema_editor):
    """On PostgreSQL the rows of the list are written anew, with the vectors out of line."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE core_search_list ADD COLUMN IF NOT EXISTS blanks text NOT NULL DEFAULT repeat(' ', 2100)")
            cursor.execute("CREATE TEMPORARY TABLE core_search_moved ON COMMIT DROP AS SELECT id, vector FROM core_search_list")
            cursor.execute("TRUNCATE core_search_list")
            cursor.execute("INSERT INTO core_search_list (id, vector) SELECT id, vector FROM core_search_moved ORDER BY id")
            cursor.execute("DROP TABLE core_search_moved")
    tables.install(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_search_list'),
    ]

    operations = [
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
