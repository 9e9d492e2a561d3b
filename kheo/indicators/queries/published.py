"""What pages may show of indicators, and what is open data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core import datasets, figures
from kheo.core.datasets import Column, Value
from kheo.indicators.models import Observation, Period, Plan
from kheo.indicators.queries import boards, definitions
from kheo.indicators.queries.figures import PUBLIC, Lens, address
from kheo.organizations import queries as organizations


def _latest() -> tuple[Period, int, str] | None:
    """The newest period with a plan, and the area of the plan."""
    plan = Plan.objects.select_related("period", "unit").order_by("-period__first", "order").first()
    return (plan.period, plan.unit_id, plan.unit.slug) if plan else None


def _choices() -> Iterable[tuple[str, Any]]:
    found = [(i.code, str(i)) for i in definitions.indicators()]
    return found + [(f"plan-{p.pk}", f"{p.name} ({p.period})") for p in Plan.objects.select_related("period")]


def _answer(code: str) -> figures.Figure | None:
    if code.startswith("plan-"):
        plan = boards.plans().filter(pk=int(code[5:])).first() if code[5:].isdecimal() else None
        if plan is None:
            return None
        board = boards.board(plan, Lens([plan.period]))
        return figures.Figure(
            board.tally.percent, "%", board.tally.good, board.tally.total, plan.period.last, reverse("indicators:plan", args=[plan.pk]), plan.name, True, 1
        )
    latest = _latest()
    reader = Lens([latest[0]]) if latest else None
    if latest is None or reader is None or code not in reader.by_code:
        return None
    made = reader.figure(reader.by_code[code], latest[1], latest[0])
    if made is None:
        return None
    d = made.definition
    return figures.Figure(
        made.value, d.unit_text, made.numerator, made.denominator, latest[0].last, address(made, latest[2]), str(d.name), d.is_percent, d.decimals
    )


figures.register_family("indicators", _choices, _answer)


def _records() -> QuerySet[Observation]:
    found = Observation.objects.filter(is_current=True, status__in=PUBLIC).select_related("indicator", "period", "unit")
    return found.prefetch_related("indicator__versions", "unit__versions").order_by("pk")


def _values(part: Iterable[Observation]) -> Iterable[Sequence[Value]]:
    for row in part:
        version = organizations.version_of(row.unit, row.period.last)
        made = definitions.definition(row.indicator, row.period.last)
        yield [
            row.indicator.code, made.name if made else row.indicator.code, made.unit_text if made else "", row.period.code, version.name if version else "",
            version.code if version else "", row.value, row.numerator, row.denominator, row.get_status_display(), row.at,
        ]


datasets.register(
    datasets.Dataset(
        code="chi-tieu", title=_("Indicators and targets"), description=_("The figures of indicators by unit and period, with numerator and denominator."),
        columns=(
            Column("ma_chi_so", _("Code"), "code"), Column("chi_so", _("Indicator")), Column("don_vi_tinh", _("Unit of measure")), Column("ky", _("Period"), "code"),
            Column("don_vi", _("Unit")), Column("ma_don_vi", _("Code"), "code"), Column("gia_tri", _("Value"), "decimal"), Column("tu_so", _("Numerator"), "decimal"),
            Column("mau_so", _("Denominator"), "decimal"), Column("trang_thai", _("Status")), Column("ghi_nhan_luc", _("Recorded at"), "datetime"),
        ),
        records=_records, values=_values, updated=datasets.Latest(lambda: Observation.objects.filter(is_current=True, status__in=PUBLIC), "at"), cycle="year", address=lambda: reverse("indicators:index"), keywords=("chỉ tiêu", "chỉ số"),
    )
)
