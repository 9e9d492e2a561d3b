"""How the site's search finds its standing pages."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core import search
from kheo.news.blocks import plain_text
from kheo.portal.models import SectionPage


def pages() -> QuerySet[SectionPage]:
    """Published section pages that are open to everybody, of all sites."""
    found: QuerySet[SectionPage] = SectionPage.objects.live().public()
    return found


def document(page: SectionPage) -> search.Document:
    """The words of the page, on the site it belongs to."""
    site, parts, at = page.get_site(), page.get_url_parts(), page.last_published_at
    return search.Document(
        title=page.title, address=str(parts[2]) if parts else page.url_path, body="\n".join(filter(None, (page.lead, plain_text(page.body)))),
        date=timezone.localdate(at) if at else None, site=str(site.pk) if site else "",
    )


search.register(search.Kind("section", _("Pages of the site"), SectionPage, pages, document))
