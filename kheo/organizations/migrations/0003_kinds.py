from django.db import migrations

from kheo.organizations.rules.kinds import KINDS


def load(apps, schema_editor):
    kinds = apps.get_model('organizations', 'OrganizationKind')
    for order, (code, name, name_en, branch, is_area) in enumerate(KINDS, start=1):
        kinds.objects.update_or_create(
            code=code,
            defaults={'name': name, 'name_en': name_en, 'branch': branch, 'is_area': is_area, 'order': order * 10},
        )


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_start_checked'),
    ]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
