from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.core import reference
from kheo.core.reference import ReferenceList


class CommendationsConfig(AppConfig):
    name = "kheo.commendations"
    label = "commendations"

    def ready(self) -> None:
        """Make the background job known; add honours to the public page of a practice."""
        import_module("kheo.commendations.actions.print_certificates")
        import_module("kheo.commendations.sources")
        queries = import_module("kheo.commendations.queries")
        import_module("kheo.practices.sections").register("honours", queries.section_of)
        from kheo.commendations.models import Form, Level

        reference.register(
            ReferenceList(
                "cap-khen", _("Levels of commendation"), _("Who may commend, from the grassroots up; a level that the state ended keeps its last day."),
                Level, ("code", "name", "name_en", "order", "valid_from", "valid_to"),
            )
        )
        reference.register(
            ReferenceList(
                "hinh-thuc-khen", _("Forms of commendation"), _("Each form with its level, who decides it and the document it rests on."),
                Form, ("code", "name", "name_en", "level", "authority", "party_style", "rank", "basis", "valid_from", "valid_to"),
            )
        )
