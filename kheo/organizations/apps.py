from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.core import reference
from kheo.core.reference import ReferenceList

# Modules that register what the public may search and download.
PUBLISHED = ("public_search", "open_data")


class OrganizationsConfig(AppConfig):
    name = "kheo.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Let the desk edit the kinds of units, and tell the working calendar, which stands below, where units lie."""
        from kheo.organizations.models import OrganizationKind

        reference.register(
            ReferenceList(
                "loai-don-vi", _("Kinds of units"), _("What a unit can be: ward, residential group, union, enterprise."),
                OrganizationKind, ("code", "name", "name_en", "branch", "is_area", "order"),
            )
        )
        places = import_module("kheo.organizations.queries.places")
        import_module("kheo.workdays.sources").register(places.Places())
        for name in PUBLISHED:
            import_module(f"kheo.organizations.queries.{name}")
