"""Whether the program's own pages have anything to tell: a page that opens and says nothing is no section."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wagtail.models import Site

from kheo.documents.queries import published as documents
from kheo.news.queries import public as news
from kheo.portal.queries import sites
from kheo.procedures.queries import catalogue


def _contact(site: Site, on: date) -> bool:
    """A way to reach the office; its name alone is none."""
    found = sites.identity_of(site)
    return bool(found.address or found.phone or found.email)


def _structure(site: Site, on: date) -> bool:
    unit = sites.unit_of(site)
    return unit is not None and len(sites.units_below(unit, on)) > 1


CHECKS: dict[str, Callable[[Site, date], bool]] = {
    "portal:contact": _contact, "portal:structure": _structure,
    "procedures:index": lambda site, on: catalogue.in_force(on).exists(),
    "news:index": lambda site, on: news.public(site).exists(),
    "documents_public:index": lambda site, on: documents.public(on).exists(),
}
"""Name of the address → whether there is something to read. Pages that are always filled are not named."""


def is_filled(address: str, site: Site, on: date) -> bool:
    """True when people find something at an address of the program."""
    check = CHECKS.get(address)
    return check is None or check(site, on)
