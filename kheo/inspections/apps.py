from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "kheo.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Tell the desk what waits, the working calendar which deadlines hang on it, search and open data what is public."""
        import_module("kheo.core.waiting").register("inspections", import_module("kheo.inspections.queries.waiting").waiting)
        deadlines = import_module("kheo.inspections.actions.recompute_deadlines")
        import_module("kheo.workdays.dependents").register(
            "inspections.findings", _("Deadlines of findings"), deadlines.preview, deadlines.recompute
        )
        import_module("kheo.inspections.queries.published")
        import_module("kheo.inspections.queries.computed")
