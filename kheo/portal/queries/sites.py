"""The sites of an installation and the units they belong to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Site

from kheo.accounts.sources import SiteTree
from kheo.news.queries import public as news
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.portal.models import PlannedStop, SiteIdentity


def default_site() -> Site | None:
    """The site of every host that no other site claims."""
    return news.site_of(None)


def site_of(request: HttpRequest | None) -> Site | None:
    """The site of a request's host, else the default one."""
    try:
        return news.site_of(request)
    except DisallowedHost:
        return news.site_of(None)


def stops_of(site: Site) -> QuerySet[PlannedStop]:
    """Announced stops of a site that are not over, the next one first."""
    return PlannedStop.objects.filter(site=site, over=False).order_by("starts_at")


def identity_of(site: Site | None, *, stops: bool = False) -> SiteIdentity:
    """What the site says about itself; the first site's words while it has none of its own.

    With `stops` it also tells (`has_stops`) whether asking for announced stops is worth a query.
    """
    rows = SiteIdentity.objects.filter(Q(pk=1) | Q(site=site, site__isnull=False)).select_related("unit")
    if stops and site is not None:
        rows = rows.annotate(has_stops=Exists(stops_of(site)))
    by_site = {row.site_id if site and row.site_id == site.pk else None: row for row in rows}
    return by_site.get(site.pk if site else None) or by_site.get(None) or SiteIdentity(pk=1)


def unit_of(site: Site) -> Organization | None:
    """The unit a site speaks for; None while nobody has said so. Asked once of each site object."""
    known: dict[str, Any] = vars(site)
    if "_kheo_unit" not in known:
        found = SiteIdentity.objects.filter(site=site).select_related("unit").first()
        known["_kheo_unit"] = found.unit if found else None
    unit: Organization | None = known["_kheo_unit"]
    return unit


def units_below(unit: Organization, day: date) -> frozenset[int]:
    """The unit and everything below it on a day."""
    return organizations.subtree_ids(unit, day) | {unit.pk}


def belongs(unit: Organization, site: Site, day: date) -> bool:
    """True when the unit is the site's own or was below it on a day; a site that speaks for nobody yet takes all."""
    own = unit_of(site)
    return own is None or unit.pk in units_below(own, day)


def of_unit(unit: Organization) -> Site | None:
    """The site that speaks for a unit."""
    found = SiteIdentity.objects.filter(unit=unit, site__isnull=False).select_related("site").first()
    return found.site if found else None


def unclaimed() -> Site | None:
    """The first site while nobody has said for which unit it speaks; None once somebody has."""
    site = default_site()
    claimed = SiteIdentity.objects.filter(site=site, unit__isnull=False).exists()
    return None if claimed else site


def all_sites() -> list[dict[str, Any]]:
    """Every site with its identity, for the desk."""
    identities = {row.site_id: row for row in SiteIdentity.objects.filter(site__isnull=False).select_related("unit")}
    return [{"site": site, "identity": identities.get(site.pk)} for site in Site.objects.select_related("root_page").order_by("-is_default_site", "hostname")]


def trees() -> list[SiteTree]:
    """The sites that have been founded for units, as accounts asks for them."""
    found = SiteIdentity.objects.filter(site__isnull=False, unit__isnull=False).select_related("site")
    return [SiteTree(row.site.site_name or row.site.hostname, row.unit_id, row.site.root_page_id, row.collection_id) for row in found if row.site]
