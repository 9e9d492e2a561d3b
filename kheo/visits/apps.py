from importlib import import_module

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "kheo.visits"
    label = "visits"

    def ready(self) -> None:
        """Make the days of the counter one of the public tables."""
        import_module("kheo.visits.queries.public_tables")
