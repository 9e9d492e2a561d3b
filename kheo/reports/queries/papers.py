"""What stands around a report's text in each of the two formats: header, number, signature, recipients."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kheo.core.errors import InvalidInput
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationVersion
from kheo.reports.models import DocumentFormat, Report
from kheo.reports.models.formats import Layout
from kheo.reports.rules import formats
from kheo.reports.rules.text import recipients

if TYPE_CHECKING:
    from kheo.reports.queries.compiling import Compiled


def row_on(code: str, day: date) -> DocumentFormat:
    """The format in force on a day; before the first one, the first."""
    rows = DocumentFormat.objects.filter(code=code)
    found = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day).order_by("-valid_from").first()
    found = found or rows.order_by("valid_from").first()
    if found is None:
        raise InvalidInput(_("The document format “%(code)s” is not set up. Add it under Reference lists.") % {"code": code})
    return found


def format_of(code: str, values: dict[str, Any]) -> formats.Format:
    """The format of stored values, with words when they are unusable."""
    try:
        return formats.Format.of(code, values)
    except formats.FormatError as error:
        raise InvalidInput(_("The document format “%(code)s” cannot be used: %(why)s.") % {"code": code, "why": error}) from error


def layout_of(unit: Organization, day: date) -> str:
    """The format of a unit's own papers: the Party's and the Front's bodies write in the Party's, others in the state's."""
    version = organizations.version_of(unit, day)
    return Layout.PARTY if version and version.kind.branch in ("party", "front") else Layout.STATE


def issuer_defaults(layout: formats.Format, unit: Organization, day: date) -> dict[str, str]:
    """Issuer, symbol, place and signature words for a unit's papers, from the format's data."""
    version = organizations.version_of(unit, day)
    if version is None:
        return formats.issuer_of(layout, "*", unit.slug, unit.slug)
    above = organizations.version_of(version.parent, day) if version.parent else None
    parent = above.name if above else ""
    found = formats.issuer_of(layout, version.kind.code, version.name, version.short_name, parent)
    area = organizations.area_of(unit, day)
    place = organizations.version_of(area, day) if area else None
    return found | ({"place": place.short_name or place.name} if place else {})


def sentence_name(version: OrganizationVersion | None) -> str:
    """A unit's name inside a sentence: `thị xã Bỉm Sơn`, `Thị ủy Bỉm Sơn` (NĐ 30/2020/NĐ-CP, annex II)."""
    if version is None:
        return ""
    return version.name[:1].lower() + version.name[1:] if version.kind.is_area else version.name


def issuer_words(report: Report, issuer: str, place: str, day: date) -> str:
    """The issuing body inside a sentence: `Ủy ban nhân dân thị xã Bỉm Sơn`."""
    name = sentence_name(organizations.version_of(report.unit, day))
    return formats.in_sentence(issuer, (name, place))


def both(report: Report, found: Compiled) -> dict[str, Any]:
    """The paper of the report's own format, and of the other one with that format's usual words."""
    return {str(code): paper(report, str(code), found.scope.day) for code in Layout.values}


def paper(report: Report, code: str, day: date, *, number: int | None = None, on: date | None = None) -> dict[str, Any]:
    """Header, number line, place and date, signature, recipients; with the format's own values beside."""
    values = row_on(code, day).values
    layout = format_of(code, values)
    own = code == report.layout
    usual = issuer_defaults(layout, report.unit, day)
    who = {
        "parent": report.parent_body, "issuer": report.issuer, "symbol": report.symbol, "place": report.place,
        "body": report.body, "head": report.head, "position": report.position,
    } if own else usual | {"position": usual["head"]}
    mode = report.signing if own else "collective"
    return {
        "format": values, "parent": who["parent"], "issuer": who["issuer"], "symbol": who["symbol"], "place": who["place"], "national": layout.national, "motto": layout.motto, "star": layout.star,
        "number": number if own else None, "number_line": formats.number_line(layout, number if own else None, who["symbol"]),
        "place_date": formats.place_date(who["place"], on, day.year if on is None else on.year),
        "signature": formats.signature_lines(layout, mode, who["body"], who["head"], who["position"]), "signer": report.signer if own else "",
        "issuer_words": issuer_words(report, who["issuer"], who["place"], day), "recipients": recipients(report.recipients, layout.archive), "end_mark": layout.end_mark, "draft": number is None and own,
    }
