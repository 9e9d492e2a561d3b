from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.core import reference
from kheo.core.reference import ReferenceList


class PortalConfig(AppConfig):
    name = "kheo.portal"
    label = "portal"

    def ready(self) -> None:
        """Let the desk edit the list of sections that a site should have."""
        from kheo.portal.models import SectionKind

        reference.register(
            ReferenceList(
                "muc-cua-trang", _("Sections of the site"), _("What a site should have, by law or by good practice, and how often it is to be checked."),
                SectionKind, ("code", "name", "name_en", "duty", "basis", "document", "address", "check_days", "order", "valid_from", "valid_to"),
            )
        )
