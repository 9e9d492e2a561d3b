"""What is counted over practices, wards and fields. Data: the office may add kinds."""

from django.db import migrations

KINDS = [
    ("money", "Kinh phí huy động", "Money raised", "đồng", "VND", 0),
    ("land", "Đất hiến, góp", "Land given", "m²", "m²", 0),
    ("workdays", "Ngày công", "Working days", "ngày công", "days", 0),
    ("households", "Hộ tham gia", "Households taking part", "hộ", "households", 0),
    ("households-helped", "Hộ được giúp đỡ", "Households helped", "hộ", "households", 0),
    ("trained", "Người được tập huấn, dạy nghề", "People trained", "người", "people", 0),
]


def load(apps, schema_editor):
    Kind = apps.get_model("practices", "ContributionKind")
    for order, (code, name, name_en, unit, unit_en, decimals) in enumerate(KINDS, start=1):
        Kind.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "unit": unit, "unit_en": unit_en, "decimals": decimals, "order": order}
        )


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_public_indexes")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
