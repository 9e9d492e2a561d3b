"""An index for the due moments we computed; what of the indicator set is not certain, beside each item."""

from django.db import migrations, models

CODE = "qd766-2022-commune"
NAME = "Điểm tối đa theo nguồn; tên dòng chưa đối chiếu văn bản gốc."
PAYMENT = "Công thức 6A + min(2; 2,5B) + min(2; 2,5C) theo nguồn; tên dòng và mức trần của C là suy ra, chưa đối chiếu văn bản gốc."
NOTES = {**dict.fromkeys(("9", "10", "11", "13", "14", "15"), NAME), **dict.fromkeys(("16", "17", "18"), PAYMENT)}


def load(apps, schema_editor):
    """Write the notes into the items; points already computed do not change."""
    for formula in apps.get_model("procedures", "ScoringFormula").objects.filter(code=CODE):
        for item in formula.items:
            item["note"] = NOTES.get(item["code"], "")
        formula.save(update_fields=["items"])


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_reference")]
    operations = [
        migrations.AddIndex(
            model_name="dossierfact",
            index=models.Index(condition=models.Q(("due_computed", True)), fields=["batch"], name="procedures_fact_computed"),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
