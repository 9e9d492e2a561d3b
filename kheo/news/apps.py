from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "kheo.news"
    label = "news"

    def ready(self) -> None:
        """Keep the tree and the workflow in place after each migration; offer the categories to the desk."""
        reference = import_module("kheo.core.reference")
        post_migrate.connect(import_module("kheo.news.actions.set_up").after_migrate, sender=self, dispatch_uid="kheo.news.set_up")
        reference.register(
            reference.ReferenceList(
                "chuyen-muc", _("News categories"), _("The headings under which articles are published."),
                import_module("kheo.news.models").Category, ("code", "name", "name_en", "description", "order", "in_use"),
            )
        )
