from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.core import reference
from kheo.core.reference import ReferenceList


class PortalConfig(AppConfig):
    name = "kheo.portal"
    label = "portal"

    def ready(self) -> None:
        """Let the desk edit the list of sections that a site should have, and the abbreviations of search; say what
        can be found and what indicators may take from the counter."""
        from kheo.accounts import sources
        from kheo.core.models import Abbreviation
        from kheo.portal.models import SectionKind
        from kheo.portal.queries import sites

        for name in ("computed", "public_search"):
            import_module(f"kheo.portal.queries.{name}")
        sources.register_sites(sites.trees)

        reference.register(
            ReferenceList(
                "muc-cua-trang", _("Sections of the site"), _("What a site should have, by law or by good practice, and how often it is to be checked."),
                SectionKind, ("code", "name", "name_en", "duty", "basis", "document", "address", "check_days", "order", "valid_from", "valid_to"),
            )
        )
        reference.register(
            ReferenceList(
                "tu-viet-tat", _("Abbreviations"), _("What search reads as one: UBND and Ủy ban nhân dân. A short form with several meanings has several rows."),
                Abbreviation, ("short", "long"), fixed=(),
            )
        )
