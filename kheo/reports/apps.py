from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.core import reference, waiting
from kheo.core.reference import ReferenceList

SOURCES = ("practices", "movement", "inspections", "targets", "procedures", "visits", "tables")


class ReportsConfig(AppConfig):
    name = "kheo.reports"
    label = "reports"

    def ready(self) -> None:
        """Make the sources of figures known; say what waits, what can be found and which lists are data."""
        for name in SOURCES:
            import_module(f"kheo.reports.sources.{name}")
        import_module("kheo.reports.queries.public_search")
        import_module("kheo.reports.queries.open_ends")
        import_module("kheo.reports.queries.public_tables")
        waiting.register("reports", import_module("kheo.reports.queries.waiting").waiting)
        models = import_module("kheo.reports.models")
        reference.register(
            ReferenceList(
                "the-thuc-van-ban", _("Document formats"), _("Margins, letters, header words and signature words of state and Party documents, by date."),
                models.DocumentFormat, ("code", "name", "basis", "valid_from", "valid_to", "values"), ("code", "valid_from"),
            )
        )
        reference.register(
            ReferenceList(
                "de-cuong-bao-cao", _("Outlines of reports"), _("The sections that a new report begins with, by kind and date."),
                models.Outline, ("kind", "name", "basis", "valid_from", "valid_to", "sections"), ("kind", "valid_from"),
            )
        )
