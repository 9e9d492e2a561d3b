from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    """Broken links belong to a site. The table is derived, so it is made anew."""

    dependencies = [
        ("portal", "0006_site_collection"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.DeleteModel(name="BrokenLink"),
        migrations.CreateModel(
            name="BrokenLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=500, verbose_name="page")),
                ("address", models.CharField(max_length=1000, verbose_name="link")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="words of the link")),
                ("answer", models.CharField(max_length=200, verbose_name="answer")),
                ("since", models.DateTimeField(verbose_name="since")),
                ("seen_at", models.DateTimeField(verbose_name="last seen")),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.site", verbose_name="site")),
            ],
            options={
                "verbose_name": "broken link",
                "verbose_name_plural": "broken links",
                "ordering": ["since", "page"],
                "constraints": [models.UniqueConstraint(fields=("site", "page", "address"), name="portal_broken_link_once")],
            },
        ),
        migrations.CreateModel(
            name="LinkWalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="checked at")),
                ("pages", models.PositiveIntegerField(verbose_name="pages")),
                ("links", models.PositiveIntegerField(verbose_name="links")),
                ("whole", models.BooleanField(default=True, verbose_name="to the end")),
                ("site", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.site", verbose_name="site")),
            ],
            options={
                "verbose_name": "walk over the links",
                "verbose_name_plural": "walks over the links",
            },
        ),
    ]
