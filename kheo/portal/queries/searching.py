"""What the search page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site

from kheo.core.models import SearchEntry
from kheo.core.rules.highlight import Piece, mark, quote
from kheo.core.search import KINDS, asking, spelling
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.portal.queries import sites

PER_PAGE = 20


def sites_of(request: HttpRequest) -> tuple[str, ...]:
    """The sites whose own pages are found here: this one's. Units, practices, documents and whatever else
    belongs to no site are found on every site. Empty while there is one site only: nothing to tell apart."""
    site = sites.site_of(request)
    return (str(site.pk),) if site and Site.objects.exclude(pk=site.pk).exists() else ()


@dataclass
class Hit:
    """One line of the results."""

    entry: SearchEntry
    kind: str
    address: str
    title: list[Piece]
    quotation: list[Piece]
    leads: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Results:
    """The answer with the page of it that is shown."""

    answer: asking.Answer
    page: Page[Any]
    hits: list[Hit]
    near: list[str] = field(default_factory=list)
    fewer: list[str] = field(default_factory=list)


def results(asked: str, filters: asking.Filters, number: int) -> Results:
    """Search and lay out one page."""
    answer = asking.ask(asked, filters)
    page = Paginator(answer.numbers, PER_PAGE).get_page(number)
    hits = [hit(entry, answer.question.marks) for entry in asking.entries(list(page.object_list))]
    found = Results(answer, page, hits)
    if not answer.numbers and answer.question:
        found.near = spelling.near(answer.question, filters)
        found.fewer = [] if found.near else spelling.fewer(answer.question, filters)
    return found


def hit(entry: SearchEntry, marks: frozenset[str]) -> Hit:
    """A document as a line."""
    kind = KINDS.get(entry.kind)
    leads = [
        lead | {"address": localized(lead["address"]), "day": date.fromisoformat(lead["on"]) if lead["on"] else None} for lead in entry.leads
    ]  # fmt: skip
    return Hit(
        entry, str(kind.label) if kind else entry.kind, localized(entry.address), mark(entry.title, marks), quote(entry.body, marks), leads,
    )  # fmt: skip


def localized(address: str) -> str:
    """The address in the reader's language; pages of the tree (news, sections) exist in Vietnamese only."""
    if get_language() != "en" or not address.startswith(ENGLISH_TOO):
        return address
    return f"/en{address}"


ENGLISH_TOO = ("/mo-hinh/", "/khen-thuong/", "/don-vi/", "/thu-tuc-hanh-chinh/", "/kiem-tra/", "/bao-cao/", "/chi-tieu/", "/van-ban/")


def kinds() -> list[tuple[str, str]]:
    """The kinds that can be chosen."""
    return [(kind.code, str(kind.label)) for kind in KINDS.values()]


def units() -> list[tuple[str, str]]:
    """The units that documents belong to, in the alphabet's order of their names."""
    slugs = list(SearchEntry.objects.exclude(unit="").order_by().values_list("unit", flat=True).distinct()[:500])
    found = organizations.with_versions().filter(slug__in=slugs)
    named = sorted(((organizations.version_of(unit), unit) for unit in found), key=lambda pair: pair[0].sort_key if pair[0] else "")
    return [(unit.slug, _name(unit)) for _version, unit in named]


def _name(unit: Organization) -> str:
    versions = sorted(unit.versions.all(), key=lambda version: version.valid_from)
    return versions[-1].name if versions else unit.slug
