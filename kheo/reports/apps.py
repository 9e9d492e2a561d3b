from importlib import import_module

from django.apps import AppConfig

SOURCES = ("practices", "movement", "tables")


class ReportsConfig(AppConfig):
    name = "kheo.reports"
    label = "reports"

    def ready(self) -> None:
        """Make the sources of figures known."""
        for name in SOURCES:
            import_module(f"kheo.reports.sources.{name}")
