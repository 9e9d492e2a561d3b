from importlib import import_module

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "kheo.feedback"
    label = "feedback"

    def ready(self) -> None:
        """Tell the desk what waits, search and open data what is public."""
        import_module("kheo.core.waiting").register("feedback", import_module("kheo.feedback.queries").waiting)
        import_module("kheo.feedback.queries.published")
