"""The leader's view of a year: one page of figures, each of which opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core.rules.periods import period
from kheo.organizations.models import Organization
from kheo.reports.models import Report
from kheo.reports.queries import compiling
from kheo.reports.queries.scopes import scope_of
from kheo.reports.rules.checks import FUNNEL
from kheo.reports.rules.figures import Figure
from kheo.reports.sources import practices, tables
from kheo.reports.sources.registry import Scope


@dataclass
class Board:
    """What the page shows."""

    scope: Scope
    unit: str
    year: int
    headline: list[Figure] = field(default_factory=list)
    funnel: list[dict[str, Any]] = field(default_factory=list)
    by_field: list[dict[str, Any]] = field(default_factory=list)
    plans: list[Figure] = field(default_factory=list)
    indicators: list[Figure] = field(default_factory=list)
    coverage: list[Figure] = field(default_factory=list)
    procedures: list[Figure] = field(default_factory=list)
    visits: list[Figure] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    @property
    def series(self) -> list[str]:
        """The two years of the bars."""
        return [str(self.year - 1), str(self.year)]

    @property
    def lists(self) -> list[tuple[Any, list[Figure]]]:
        """The tables of the page."""
        return [
            (_("Targets"), self.plans), (_("Indicators"), self.indicators), (_("Inspection and supervision"), self.coverage),
            (_("Administrative procedures"), self.procedures), (_("Visits to this site"), self.visits),
        ]


HEADLINE = ("mo_hinh.cong_nhan", "kiem_tra.bao_phu", "thu_tuc.dung_han", "truy_cap.luot_truy_cap")


def board(unit: Organization, year: int) -> Board:
    """The year of a unit, from the same figures as its reports."""
    scope = scope_of(unit, period("year", year))
    found = compiling.compiled(scope)
    figures = found.figures
    made = Board(scope, compiling.unit_name(figures), year)
    groups: dict[str, list[Figure]] = {}
    for token, figure in figures.items():
        groups.setdefault(token.split(".")[0], []).append(figure)
    made.plans = [f for f in groups.get("chi_tieu_dat", []) if f.denominator]
    made.headline = [figures[t] for t in HEADLINE if t in figures and figures[t].value is not None] + made.plans[:2]
    made.funnel = [
        {"label": figures[t].label, "value": [figures[t].previous, figures[t].value], "href": figures[t].href} for t in FUNNEL if t in figures and figures[t].value is not None
    ]
    made.by_field = _fields(scope)
    made.indicators = [f for f in groups.get("chi_tieu", []) if f.value is not None]
    made.coverage = [f for f in groups.get("kiem_tra", []) if f.kind == "percent" and f.denominator]
    made.procedures = [f for f in groups.get("thu_tuc", []) if f.value is not None]
    made.visits = [f for f in groups.get("truy_cap", []) if f.value is not None]
    made.reports = list(Report.objects.filter(unit=unit, period_from__year=year).order_by("period_from"))
    return made


def _fields(scope: Scope) -> list[dict[str, Any]]:
    facts = practices.facts(scope)
    test = tables.MEASURES[0][1]
    return [
        {"label": f.name, "value": sum(1 for x in facts if x.field == f.pk and test(x)), "href": practices._desk(scope, practices.field_token(f), f.pk)}
        for f in practices.fields(scope)
    ] if facts else []


def years() -> list[int]:
    """This year and the four before."""
    now = timezone.localdate().year
    return list(range(now, now - 5, -1))
