"""The newest total and the curve of a unit are asked for without naming a period."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_period_totals")]
    operations = [migrations.AddIndex(model_name="periodtotal", index=models.Index(fields=["of", "unit"], name="procedures_period_total_of"))]
