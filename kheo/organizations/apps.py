from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.core import reference
from kheo.core.reference import ReferenceList


class OrganizationsConfig(AppConfig):
    name = "kheo.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Let the desk edit the kinds of units."""
        from kheo.organizations.models import OrganizationKind

        reference.register(
            ReferenceList(
                "loai-don-vi", _("Kinds of units"), _("What a unit can be: ward, residential group, union, enterprise."),
                OrganizationKind, ("code", "name", "name_en", "branch", "is_area", "order"),
            )
        )
