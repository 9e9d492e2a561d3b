"""The leader's view of a year: one page of figures, each of which opens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core.rules.periods import period
from kheo.organizations.models import Organization
from kheo.reports.models import Report
from kheo.reports.queries import compiling
from kheo.reports.queries.scopes import Former, former, scope_of
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
    movement: list[Figure] = field(default_factory=list)
    funnel: list[dict[str, Any]] = field(default_factory=list)
    by_field: list[dict[str, Any]] = field(default_factory=list)
    plans: list[Figure] = field(default_factory=list)
    indicators: list[Figure] = field(default_factory=list)
    coverage: list[Figure] = field(default_factory=list)
    procedures: list[Figure] = field(default_factory=list)
    visits: list[Figure] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    former: Former | None = None
    """Where the figures of a unit that did not exist when the year began come from."""

    @property
    def series(self) -> list[str]:
        """The two years of the bars."""
        return [str(self.year - 1), str(self.year)]

    @property
    def lists(self) -> list[tuple[Any, list[Figure], list[Figure]]]:
        """The tables of the page: title, what is read first, and the rest, which opens."""
        return [
            (title, figures[:FIRST], figures[FIRST:]) for title, figures in (
                (_("The movement"), self.movement), (_("Targets"), self.plans), (_("Inspection and supervision"), self.coverage), (_("Administrative procedures"), self.procedures),
                (_("Visits to this site"), self.visits), (_("Indicators"), self.indicators),
            ) if figures
        ]


FIRST = 4
"""Lines of a table that are read without opening anything: the page is for one minute on a phone."""
HEADLINE = ("mo_hinh.cong_nhan", "kiem_tra.bao_phu", "thu_tuc.dung_han", "truy_cap.luot_truy_cap")


PROCEDURES = ("thu_tuc.dung_han", "thu_tuc.da_giai_quyet", "thu_tuc.qua_han", "thu_tuc.dang_qua_han")
FIGURE = "reports_desk:overview_figure"


def address(scope: Scope, token: str) -> str:
    """The page with the rows behind a figure of the year."""
    return f"{reverse(FIGURE)}?{urlencode({'unit': scope.unit.pk, 'year': scope.period.first.year, 'ma': token})}"


def board(unit: Organization, year: int) -> Board:
    """The year of a unit, from the same figures as its reports; each opens to its rows."""
    scope = scope_of(unit, period("year", year))
    figures = {token: replace(f, href=address(scope, token)) for token, f in compiling.compiled(scope).figures.items()}
    made = Board(scope, compiling.unit_name(figures), year)
    groups: dict[str, list[Figure]] = {}
    for token, figure in figures.items():
        groups.setdefault(token.split(".")[0], []).append(figure)
    made.plans = [f for f in groups.get("chi_tieu_dat", []) if f.denominator]
    made.headline = [figures[t] for t in HEADLINE if t in figures and figures[t].value is not None] + made.plans[:2]
    made.movement = [figures[t] for t in FUNNEL if t in figures and figures[t].value is not None]
    made.funnel = [{"label": f.label, "value": [f.previous, f.value], "href": f.href} for f in made.movement]
    made.by_field = _fields(scope)
    made.indicators = sorted((f for f in groups.get("chi_tieu", []) if f.value is not None), key=lambda f: f.plan is None)
    made.coverage = [f for f in groups.get("kiem_tra", []) if f.denominator or (f.kind == "count" and f.value)]
    known = [f for f in groups.get("thu_tuc", []) if f.value is not None]
    made.procedures = sorted(known, key=lambda f: PROCEDURES.index(f.token) if f.token in PROCEDURES else len(PROCEDURES))
    made.visits = [f for f in groups.get("truy_cap", []) if f.value is not None]
    made.reports = list(Report.objects.filter(unit=unit, period_from__year=year).order_by("period_from"))
    made.former = former(unit.pk, scope.period.first) if scope.predecessors else None
    return made


def _fields(scope: Scope) -> list[dict[str, Any]]:
    facts = practices.facts(scope)
    test = tables.MEASURES[0][1]
    return [
        {
            "label": f.name, "value": sum(1 for x in facts if x.field == f.pk and test(x)),
            "href": address(scope, f"{practices.GROUP}.{practices.field_token(f)}"),
        }
        for f in practices.fields(scope)
    ] if facts else []


def years() -> list[int]:
    """This year and the four before."""
    now = timezone.localdate().year
    return list(range(now, now - 5, -1))
