"""Definitions in force, periods, and what depends on what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from kheo.core import once
from kheo.core.errors import InvalidInput
from kheo.core.rules import periods as rule_periods
from kheo.indicators.models import (
    Indicator,
    IndicatorVersion,
    Observation,
    Period,
    Plan,
    Round,
    Target,
)
from kheo.indicators.rules import formula

PUBLIC = (Observation.Status.PRELIMINARY, Observation.Status.OFFICIAL)


def indicators() -> QuerySet[Indicator]:
    """All indicators with their versions, in their order."""
    return Indicator.objects.prefetch_related(Prefetch("versions", IndicatorVersion.objects.order_by("valid_from").select_related("basis")))


def defined() -> list[Indicator]:
    """All indicators that have a definition, with their versions, in their order; in one query."""
    found: dict[int, Indicator] = {}
    versions: dict[int, list[IndicatorVersion]] = {}
    order = [f"indicator__{name}" for name in Indicator._meta.ordering or ()]
    for version in IndicatorVersion.objects.order_by(*order, "valid_from").select_related("indicator", "basis"):
        indicator = found.setdefault(version.indicator_id, version.indicator)
        versions.setdefault(indicator.pk, []).append(version)
    for pk, indicator in found.items():
        indicator._prefetched_objects_cache = {"versions": versions[pk]}  # type: ignore[attr-defined]
    return list(found.values())


def by_code(code: str) -> Indicator | None:
    """The indicator of that code."""
    return indicators().filter(code=code).first()


def definition(indicator: Indicator, day: date) -> IndicatorVersion | None:
    """The definition in force on a day; when it did not exist yet, the first; when it has ended, the last."""
    versions = sorted(indicator.versions.all(), key=lambda v: v.valid_from)
    before = [v for v in versions if v.valid_from <= day]
    return before[-1] if before else (versions[0] if versions else None)


def definitions(found: list[Indicator], day: date) -> dict[int, IndicatorVersion]:
    """Indicator number → definition on a day; without further queries when versions are fetched."""
    pairs = ((i.pk, definition(i, day)) for i in found)
    return {pk: version for pk, version in pairs if version is not None}


def period(code: str) -> Period:
    """The row of a period, made when its code can be read (2023, 2023-H1, 2023-Q1, 2023-11).

    Custom periods have rows of their own. Raises InvalidInput `period_unreadable`.
    """
    row = Period.objects.filter(code=code.strip()).first()
    if row is not None:
        return row
    read = rule_periods.parse_period(code, field="period")
    row, _made = Period.objects.get_or_create(
        code=read.code, defaults={"kind": read.kind, "first": read.first, "last": read.last, "name": period_name(read)}
    )
    return row


def known_period(code: str) -> Period | None:
    """The row of a period if there is one; for public pages, which write nothing."""
    if not code:
        return None
    try:
        wanted = rule_periods.parse_period(code).code
    except InvalidInput:
        wanted = code
    return next((row for row in periods() if row.code == wanted), None)


def period_name(read: rule_periods.Period) -> str:
    """Năm 2023, 6 tháng đầu năm 2023, Quý IV/2023, Tháng 11/2023: papers name them so in Vietnamese."""
    number = read.code.split("-")[-1].lstrip("HQ0")
    names = {
        "year": f"Năm {read.first.year}", "month": f"Tháng {number}/{read.first.year}",
        "half": f"6 tháng {'đầu' if number == '1' else 'cuối'} năm {read.first.year}",
        "quarter": f"Quý {dict(zip('1234', ('I', 'II', 'III', 'IV'), strict=True)).get(number, number)}/{read.first.year}",
    }
    return names[read.kind]


def periods() -> list[Period]:
    """All periods that have a row, the newest first; within one answer asked once. `shown` says whether there
    are public figures, `planned` whether there is a plan."""
    figures = Observation.objects.filter(period=OuterRef("pk"), is_current=True, status__in=PUBLIC)
    asked = Period.objects.annotate(shown=Exists(figures), planned=Exists(Plan.objects.filter(period=OuterRef("pk"))))
    return once.kept("indicators.periods", lambda: list(asked))


def earlier(shown: Period, years: int) -> Period | None:
    """The row of the same period some years before."""
    if years == 0:
        return shown
    if shown.kind == "custom":
        return None
    year, _dash, rest = shown.code.partition("-")
    code = "-".join(p for p in (str(int(year) - years), rest) if p)
    return next((p for p in periods() if p.code == code), None)


def depends() -> dict[str, frozenset[str]]:
    """Indicator code → codes its formulas use, over all versions."""
    found: dict[str, frozenset[str]] = {}
    for code, text in IndicatorVersion.objects.exclude(formula="").values_list("indicator__code", "formula"):
        found[code] = found.get(code, frozenset()) | formula.parse(text).codes
    return found


def in_use(indicator: Indicator) -> list[Any]:
    """Why the indicator cannot be deleted: formulas, plans, rounds and figures that need it."""
    found: list[Any] = [
        _("Formula of the indicator “%(code)s”") % {"code": code} for code, codes in sorted(depends().items()) if indicator.code in codes
    ]
    found += [_("Target in “%(plan)s”") % {"plan": t.plan} for t in Target.objects.filter(indicator=indicator).select_related("plan")]
    found += [_("Collection round “%(round)s”") % {"round": r} for r in Round.objects.filter(indicators=indicator)]
    count = indicator.observations.count()
    if count:
        found.append(_("%(count)s recorded figures") % {"count": count})
    return found
