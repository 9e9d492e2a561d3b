from importlib import import_module

from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "kheo.workdays"
    label = "workdays"

    def ready(self) -> None:
        """Give the codes of the rules their words, the desk its waiting proposals, open data the days."""
        import_module("kheo.core.messages").register(import_module("kheo.workdays.words").REFUSALS)
        import_module("kheo.core.waiting").register("workdays", import_module("kheo.workdays.queries").waiting)
        import_module("kheo.workdays.queries.published")
