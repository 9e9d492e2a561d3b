"""The sections of a site: which there are, whether they are filled, when each was last looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from kheo.portal.models import BrokenLink, Leader, LinkWalk, SectionCheck, SectionKind, SectionPage
from kheo.portal.queries import filled, sites

MISSING, EMPTY, STALE, NEVER, FINE = "missing", "empty", "stale", "never", "fine"
MOST_LINKS = 2_000  # broken links shown at once
TONES = {MISSING: "danger", EMPTY: "danger", STALE: "waiting", NEVER: "waiting", FINE: "success"}


@dataclass(frozen=True)
class Standing:
    """One section of a site: its page, whether it is filled, the last check and how many days ago."""

    kind: SectionKind
    state: str
    href: str
    page: SectionPage | None
    owner: str
    checked_on: date | None
    days: int | None

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[self.state]


def kinds(day: date | None = None) -> list[SectionKind]:
    """The sections expected on a day, in their order."""
    on = day or timezone.localdate()
    found = SectionKind.objects.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
    return list(found.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)))


def kind_name(kind: SectionKind) -> str:
    """The name in the reader's language."""
    return kind.name_en if get_language() == "en" and kind.name_en else kind.name


def pages_of(site: Site) -> dict[int, SectionPage]:
    """Published section pages of a site by the number of their kind."""
    found = SectionPage.objects.live().public().descendant_of(site.root_page, inclusive=True).filter(kind__isnull=False)
    return {page.kind_id: page for page in found.prefetch_related("owner_unit__versions").order_by("path")}


def standings(site: Site, day: date | None = None) -> list[Standing]:
    """Every expected section of a site with its state; a fixed number of queries."""
    on = day or timezone.localdate()
    pages = pages_of(site)
    checks: dict[int, date] = {}
    for kind_id, checked in SectionCheck.objects.filter(site=site, on__lte=on).values_list("kind", "on").order_by("on", "id"):
        checks[kind_id] = checked
    return [_standing(kind, pages.get(kind.pk), checks.get(kind.pk), on, site) for kind in kinds(on)]


def _standing(kind: SectionKind, page: SectionPage | None, checked: date | None, on: date, site: Site) -> Standing:
    href = address_of(kind, page)
    published = timezone.localdate(page.last_published_at) if page and page.last_published_at else None
    last = max((day for day in (checked, published) if day), default=None)
    owner = str(page.owner_unit) if page and page.owner_unit else ""
    state = _state(kind, page, href, last, on, site)
    return Standing(kind, state, href, page, owner, last, (on - last).days if last else None)


def _state(kind: SectionKind, page: SectionPage | None, href: str, last: date | None, on: date, site: Site) -> str:
    if not href:
        return MISSING
    has_words = _filled(page) if page is not None and not kind.address else filled.is_filled(kind.address, site, on)
    if not has_words or (kind.address == "portal:leaders" and not leaders(site, on)):
        return EMPTY
    if last is None:
        return NEVER
    return STALE if last + timedelta(days=kind.check_days) < on else FINE


def _filled(page: SectionPage) -> bool:
    return bool(page.lead.strip()) or any(block.value for block in page.body)


def address_of(kind: SectionKind, page: SectionPage | None) -> str:
    """Where people read the section; empty when there is no such page yet."""
    if kind.address:
        return reverse_or_none(kind.address) or ""
    return (page.get_url() or "") if page else ""


def reverse_or_none(name: str) -> str | None:
    """The address of that name, None when this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def page_facts(page: SectionPage) -> dict[str, Any]:
    """What a section page shows beside its body: pages below, who answers for it, when it was checked."""
    site = page.get_site() or sites.default_site()
    last = None
    if page.kind_id and site:
        last = SectionCheck.objects.filter(site=site, kind_id=page.kind_id).values_list("on", flat=True).first()
    published = timezone.localdate(page.last_published_at) if page.last_published_at else None
    return {
        "children": list(page.get_children().live().public().order_by("path")),
        "ancestors": list(page.get_ancestors().live().filter(depth__gt=2)),
        "checked_on": max((day for day in (last, published) if day), default=None),
    }


def leaders(site: Site, day: date | None = None) -> list[Leader]:
    """The leading posts of the site's unit on a day."""
    on = day or timezone.localdate()
    unit = sites.unit_of(site)
    if unit is None:
        return []
    units = sites.units_below(unit, on)
    found = Leader.objects.filter(unit_id__in=units, valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return list(found.prefetch_related("unit__versions"))


def present(site: Site) -> list[tuple[SectionKind, str, SectionPage | None]]:
    """Every expected section that has an address, with its page: what is asked for its state is left out."""
    pages = pages_of(site)
    found = [(kind, address_of(kind, pages.get(kind.pk)), pages.get(kind.pk)) for kind in kinds()]
    return [(kind, href, page) for kind, href, page in found if href]


def introduction(site: Site) -> list[tuple[str, str]]:
    """(name, address) of every section that is there, for menus and the site map."""
    return [(kind_name(kind), href) for kind, href, _page in present(site)]


def links_walk(site: Site) -> LinkWalk | None:
    """The last walk over the links of a site; None before the first."""
    return LinkWalk.objects.filter(site=site).first()


def broken_links(site: Site) -> list[dict[str, Any]]:
    """Where broken links lead, the longest broken first: each address once, with the pages it stands on."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for link in BrokenLink.objects.filter(site=site)[:MOST_LINKS]:
        row = found.setdefault(
            (link.address, link.answer), {"address": link.address, "answer": link.answer, "kind": link.kind, "kind_label": link.get_kind_display(), "words": "", "since": link.since, "pages": []}
        )
        row["words"] = row["words"] or link.words
        row["pages"].append(link.page)
    return list(found.values())
