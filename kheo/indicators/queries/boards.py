"""Boards of targets: every target with its figure and result; "13/14" is counted from these rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from kheo.indicators.models import Period, Plan, Target, TargetRevision
from kheo.indicators.queries.figures import Figure, Lens
from kheo.indicators.rules import targets as rules


@dataclass(frozen=True)
class Row:
    """One target of a plan: what is wanted, what is, the result and the margin."""

    target: Target
    wanted: TargetRevision
    revised: bool
    figure: Figure
    outcome: rules.Outcome
    before: Figure | None
    due_now: Decimal | None

    @property
    def result(self) -> str:
        return self.outcome.result


@dataclass(frozen=True)
class Board:
    """A plan with its rows and the count over them."""

    plan: Plan
    rows: list[Row]
    tally: rules.Tally

    def with_result(self, result: str) -> list[Row]:
        """The rows of one result; "good" means met or exceeded."""
        if result == "good":
            return [r for r in self.rows if r.result in rules.GOOD]
        return [r for r in self.rows if r.result == result] if result else self.rows


def plans() -> QuerySet[Plan]:
    """Plans with what a board needs."""
    return Plan.objects.select_related("document", "unit", "period").prefetch_related(
        "unit__versions", Prefetch("targets", Target.objects.select_related("indicator")), Prefetch("targets__revisions", TargetRevision.objects.select_related("document"))
    )


def of_unit(period: Period, unit: int) -> list[Plan]:
    """The plans of one area and period with what a board needs, in two queries. The names of the area are at hand already."""
    found = list(Plan.objects.select_related("document", "unit", "period").filter(period=period, unit_id=unit))
    revisions: dict[int, list[TargetRevision]] = {}
    targets: dict[int, dict[int, Target]] = {plan.pk: {} for plan in found}
    asked = TargetRevision.objects.filter(target__plan__in=found).select_related("target__indicator", "document").order_by("target__order", "target_id", "valid_from")
    for revision in asked if found else ():
        targets[revision.target.plan_id].setdefault(revision.target_id, revision.target)
        revisions.setdefault(revision.target_id, []).append(revision)
    for plan in found:
        plan._prefetched_objects_cache = {"targets": list(targets[plan.pk].values())}  # type: ignore[attr-defined]
        for target in targets[plan.pk].values():
            target.plan = plan
            target._prefetched_objects_cache = {"revisions": revisions[target.pk]}  # type: ignore[attr-defined]
    return found


def board(plan: Plan, reader: Lens, day: date | None = None) -> Board:
    """The board of one plan as of a day (default the end of its period, or today while it runs)."""
    rows = []
    period = plan.period
    asked = day or min(period.last, timezone.localdate())
    for target in plan.targets.all():
        wanted, revised = in_force(target, asked)
        figure = reader.figure(reader.by_code[target.indicator.code], plan.unit_id, period)
        if wanted is None or figure is None:
            continue
        outcome = rules.judge(wanted.comparator, wanted.value, wanted.upper, figure.value, figure.definition.decimals)
        earlier = reader.earlier(period, 1)
        before = reader.figure(figure.indicator, plan.unit_id, earlier) if earlier else None
        adds_up = figure.definition.aggregation == "sum" and wanted.comparator == "ge"
        due = rules.pro_rata(wanted.value, period.first, period.last, asked) if adds_up and asked < period.last else None
        rows.append(Row(target, wanted, revised, figure, outcome, before, due))
    return Board(plan, rows, rules.tally([r.outcome.result for r in rows]))


def side_by_side(boards: list[Board]) -> list[tuple[Figure, list[Row | None]]]:
    """Several plans of one area and period as one table: each indicator once, a row or nothing for each plan."""
    figures: dict[int, Figure] = {}
    for made in boards:
        for row in made.rows:
            figures.setdefault(row.target.indicator_id, row.figure)
    by_plan = [{row.target.indicator_id: row for row in made.rows} for made in boards]
    return [(figure, [rows.get(pk) for rows in by_plan]) for pk, figure in figures.items()]


def in_force(target: Target, day: date) -> tuple[TargetRevision | None, bool]:
    """The revision in force on a day and whether it is not the first."""
    revisions = sorted(target.revisions.all(), key=lambda r: r.valid_from)
    before = [r for r in revisions if r.valid_from <= day]
    if before:
        return before[-1], len(before) > 1
    return (revisions[0], False) if revisions else (None, False)
