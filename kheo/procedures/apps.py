from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# Modules that register jobs, public tables, what can be found and what waits.
REGISTERING = ("actions.receive", "queries.open_data", "queries.open_catalogue", "queries.public_search", "queries.waiting", "queries.offered", "queries.computed")


class ProceduresConfig(AppConfig):
    name = "kheo.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Make them known in every process, and to the working calendar which dates hang on it."""
        for name in REGISTERING:
            import_module(f"kheo.procedures.{name}")
        due = import_module("kheo.procedures.actions.recompute_due")
        import_module("kheo.workdays.dependents").register("procedures.due", _("Due dates of dossiers that their export left out"), due.preview, due.recompute)
