from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='organizationversion',
            name='start_checked',
            field=models.BooleanField(default=True, verbose_name='start compared with a document'),
        ),
    ]
