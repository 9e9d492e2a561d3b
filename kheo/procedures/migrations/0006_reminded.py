"""When the one-stop office was reminded that nothing had come for a month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0005_period_total_of")]
    operations = [
        migrations.AddField(
            model_name="reportingperiod", name="reminded_at",
            field=models.DateTimeField(editable=False, help_text="When the one-stop office was reminded that nothing had come", null=True),
        )
    ]
