"""What indicators may take from the counter of visits: page views and visits of a unit's own site.

Here and not in `visits`, because that room and `indicators` do not know each other, and only the portal
knows which site speaks for which unit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.indicators import sources
from kheo.indicators.sources import Count, Days, Source
from kheo.organizations.models import Organization
from kheo.portal.models import SiteIdentity
from kheo.portal.queries import sites
from kheo.visits import queries as visits


def _site_of(unit: Organization) -> int | None:
    """The number of the site that speaks for the unit; the first site's identity may name none of its own."""
    row = SiteIdentity.objects.filter(unit=unit).first()
    if row is None:
        return None
    default = sites.default_site()
    return row.site_id or (default.pk if default else None)


def _counted(name: str) -> Callable[[Organization, Days], Count]:
    def compute(unit: Organization, period: Days) -> Count:
        site, last = _site_of(unit), min(period.last, timezone.localdate())
        if site is None or period.first > last:
            return Count(as_of=last)
        value: Any = getattr(visits.totals(site, period.first, last), name)
        return Count(value, as_of=last, href=f"{reverse('visits:index')}?ngay={last.isoformat()}")

    return compute


for source in (
    Source("visits.views", _("Page views of the unit's site"), _("page views"), _counted("views"), covers_below=False),
    Source("visits.visits", _("Visits to the unit's site"), _("visits"), _counted("visits"), covers_below=False),
):
    sources.register(source)
