"""Lines of each period ready to be read; indexes for the newest and the overdue dossiers; one row for
several procedures together on both databases."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

COLUMNS = ("online", "direct", "carried", "early", "on_time", "overdue", "undated", "open", "open_overdue", "open_undated")


def add_up(apps, schema_editor):
    """Write the lines of the periods published so far."""
    rollups, line = apps.get_model("procedures", "Rollup"), apps.get_model("procedures", "PeriodTotal")
    published = rollups.objects.filter(batch__state="published").order_by()
    sums = {f"n_{name}": models.Sum(name) for name in COLUMNS}
    for of in ("whole", "field", "unit"):
        group = [] if of == "whole" else [f"{of}_id"]
        rows = published.values("period_id", *group).annotate(at=models.Max("batch__as_of"), **sums)
        line.objects.bulk_create(
            [line(of=of, period_id=row["period_id"], as_of=row["at"], **{g: row[g] for g in group}, **{n: row[f"n_{n}"] for n in COLUMNS}) for row in rows],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial"), ("procedures", "0003_due_and_certainty")]
    operations = [
        migrations.RemoveConstraint(model_name="rollup", name="procedures_rollup_once"),
        migrations.AddConstraint(
            model_name="rollup",
            constraint=models.UniqueConstraint(
                models.F("batch"), models.F("unit"), django.db.models.functions.comparison.Coalesce("field", 0), name="procedures_rollup_once"
            ),
        ),
        migrations.AddIndex(model_name="dossierfact", index=models.Index(fields=["month", "received_at"], name="procedures_fact_newest")),
        migrations.AddIndex(
            model_name="dossierfact",
            index=models.Index(condition=models.Q(("outcome__in", ["overdue", "open_overdue"])), fields=["month", "due_at"], name="procedures_fact_late"),
        ),
        migrations.CreateModel(
            name="PeriodTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *((name, models.PositiveIntegerField(default=0)) for name in COLUMNS),
                ("of", models.CharField(choices=[("whole", "Total"), ("field", "Field"), ("unit", "Unit")], max_length=5)),
                ("as_of", models.DateTimeField(null=True)),
                ("field", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="procedures.procedurefield")),
                ("period", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="totals", to="procedures.reportingperiod")),
                ("unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organization")),
            ],
            options={"verbose_name": "published line of a period", "verbose_name_plural": "published lines of periods"},
        ),
        migrations.AddConstraint(
            model_name="periodtotal",
            constraint=models.UniqueConstraint(
                models.F("period"), models.F("of"), django.db.models.functions.comparison.Coalesce("field", 0),
                django.db.models.functions.comparison.Coalesce("unit", 0), name="procedures_period_total_once",
            ),
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
    ]
