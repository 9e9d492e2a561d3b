"""Terms of committees become data; outlines that nobody changed get the sections of today."""

from importlib import import_module

from django.db import migrations

before = import_module("kheo.reports.migrations.0002_formats_and_outlines")
FIRST_SECTIONS = ["lanh-dao", "phong-trao", "dang-ky", "khen-thuong", "kinh-te-xa-hoi", "ton-tai", "phuong-huong"]


def load(apps, schema_editor):
    for row in apps.get_model("reports", "DocumentFormat").objects.filter(code="party"):
        if "terms" not in row.values:
            row.values["terms"] = before.PARTY["terms"]
            row.save()
    for kind, name, words in before.OUTLINES:
        for row in apps.get_model("reports", "Outline").objects.filter(kind=kind, name=name):
            if [s["code"] for s in row.sections] == FIRST_SECTIONS:
                row.sections = before.outline(words)
                row.save()
    # Numbers given over a term keep counting: series named the five years before.
    for row in apps.get_model("reports", "Issue").objects.all():
        head, _bar, span = row.series.rpartition("|")
        if len(span) == 9 and span[4] == "-":
            row.series = f"{head}|nhiệm kỳ từ 01/01/{span[:4]}"
            row.save()


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_formats_and_outlines")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
