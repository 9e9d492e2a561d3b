from importlib import import_module

from django.apps import AppConfig

# Modules that register jobs, public tables, what can be found and what waits.
REGISTERING = ("actions.receive", "queries.open_data", "queries.open_catalogue", "queries.public_search", "queries.waiting", "queries.offered")


class ProceduresConfig(AppConfig):
    name = "kheo.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Make them known in every process."""
        for name in REGISTERING:
            import_module(f"kheo.procedures.{name}")
