"""What pages of the site may show of the registry without typing it: counts and cards."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kheo.core import cards, figures
from kheo.organizations import queries as organizations
from kheo.practices.models import Practice
from kheo.practices.queries import access, rows

RECOGNIZED = ("recognized", "exemplary")


def _count(found: QuerySet[Practice], query: str = "") -> figures.Figure:
    return figures.Figure(
        value=found.count(), unit=_("practices"), as_of=timezone.now(), href=reverse("practices:index") + query, source=_("Register of practices."),
    )


def every() -> figures.Figure:
    """All public practices of all years."""
    return _count(access.public())


def recognized() -> figures.Figure:
    """Recognized and exemplary ones of all years."""
    return _count(access.public().filter(state__in=RECOGNIZED), "?state=recognized")


def of_year(year: str) -> figures.Figure | None:
    """Public practices of one cycle, by its code."""
    return _count(access.public().filter(cycle__code=year), f"?year={year}") if year.isdigit() else None


def years() -> list[tuple[str, str]]:
    """The cycles that have public practices, for the list an editor picks from."""
    codes = access.public().order_by().values_list("cycle__code", flat=True).distinct()
    return [(code, _now("Practices of %(year)s") % {"year": code}) for code in sorted(codes, reverse=True)]


def card(key: str) -> cards.Card | None:
    """A public practice by its address, its slug or its receipt number."""
    slug = urlsplit(key).path.rstrip("/").rsplit("/", 1)[-1]
    found = access.public().filter(Q(slug=slug) | Q(receipt_number__iexact=key)).select_related("organization", "ward", "cycle").first()
    if found is None:
        return None
    day = rows.day_of(found)
    unit = organizations.name_on(found.organization, day) if found.organization else found.organization_text
    return cards.Card(
        key=found.slug or "", title=found.title, href=reverse("practices:detail", args=[found.slug]), meta=" · ".join(filter(None, (unit, found.cycle.name))),
        text=found.summary,
    )


figures.register("practices.all", _("All practices of the register"), every)
figures.register("practices.recognized", _("Recognized practices"), recognized)
figures.register_family("practices.year", years, of_year)
cards.register("practice", _("Practice"), card)
