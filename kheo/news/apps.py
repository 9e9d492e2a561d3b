from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "kheo.news"
    label = "news"

    def ready(self) -> None:
        """Tie the verbs to what Wagtail does; tell the desk and the registries below what this room has."""
        actions = {name: import_module(f"kheo.news.actions.{name}") for name in ("set_up", "take_print", "keep_twin", "keep_address", "log_pages")}
        models = import_module("kheo.news.models")
        wagtail = import_module("wagtail.models")
        post_migrate.connect(actions["set_up"].after_migrate, sender=self, dispatch_uid="kheo.news.set_up")
        post_save.connect(actions["take_print"].after_revision, sender=wagtail.Revision, dispatch_uid="kheo.news.take_print")
        post_save.connect(actions["log_pages"].after_page_log, sender=wagtail.PageLogEntry, dispatch_uid="kheo.news.log_pages")
        post_save.connect(actions["log_pages"].after_model_log, sender=wagtail.ModelLogEntry, dispatch_uid="kheo.news.log_models")
        import_module("wagtail.signals").page_published.connect(actions["keep_address"].after_publish, dispatch_uid="kheo.news.keep_address")
        import_module("kheo.news.models.base").guard_publishing(actions["keep_twin"].refuse_twins)
        import_module("kheo.news.models.review").stop_approval(actions["keep_twin"].first_compare)
        import_module("kheo.core.messages").register(import_module("kheo.news.words").REFUSALS)
        import_module("kheo.core.waiting").register("news", import_module("kheo.news.queries.desk").waiting)
        import_module("kheo.news.queries.public_search")
        import_module("kheo.news.queries.public_tables")
        reference = import_module("kheo.core.reference")
        reference.register(
            reference.ReferenceList(
                "chuyen-muc", _("News categories"), _("The headings under which articles are published."),
                models.Category, ("code", "name", "name_en", "description", "order", "in_use"),
            )
        )
