"""Shares of many plans and programmes at once: the units are read in one query, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils import timezone

from kheo.core import once
from kheo.inspections import rules
from kheo.inspections.models import Inspection, Launch, Plan, Programme
from kheo.inspections.models.plans import Covering
from kheo.inspections.queries import coverage, programmes
from kheo.inspections.rules import Check, Coverage, Kind, State
from kheo.organizations.models import OrganizationVersion
from kheo.organizations.rules import Span, subtree


@dataclass(frozen=True)
class Launched:
    """A programme with the share of its units that launched it."""

    programme: Programme
    launched: Coverage


class Units:
    """All units of all days: which of them a plan is about on a day."""

    def __init__(self) -> None:
        rows = OrganizationVersion.objects.values_list("organization_id", "parent_id", "valid_from", "valid_to", "kind_id")
        self.known = [(Span(unit, parent, start, end), kind) for unit, parent, start, end, kind in rows]

    def active(self, covering: Covering, day: date) -> set[int]:
        """Numbers of the units that `coverage.active` lists."""
        kinds = {kind.pk for kind in covering.parent_kinds.all()}
        today = [(span, kind) for span, kind in self.known if span.holds_on(day)]
        parents = {span.organization for span, kind in today if kind in kinds}
        below = subtree((span for span, _kind in today), covering.within_id, day) - {covering.within_id}
        return {
            span.organization for span, kind in today
            if kind == covering.unit_kind_id and span.organization in below and (not kinds or span.parent in parents)
        }


def units() -> Units:
    """The units, read once within one answer."""
    return once.kept("inspections.units", Units)


def over_plans(plans: Sequence[Plan], day: date) -> tuple[set[int], set[int]]:
    """The units done and the units active on a day in any of some plans."""
    prefetch_related_objects(plans, "parent_kinds")
    checks, known = _checks(plans), units()
    done: set[int] = set()
    active: set[int] = set()
    for plan in plans:
        last = coverage.as_of(plan, day)
        of_plan = known.active(plan, last)
        active |= of_plan
        done |= rules.done_units(checks[plan.pk], of_plan, plan.starts_on, last)
    return done, active


def _checks(plans: Sequence[Plan]) -> dict[int, list[Check]]:
    found: dict[int, list[Check]] = defaultdict(list)
    for number, unit, kind, state, held_on in Inspection.objects.filter(plan__in=plans).values_list("plan_id", "unit_id", "kind", "state", "held_on"):
        found[number].append(Check(unit, Kind(kind), State(state), held_on))
    return found


def of_plans(plans: Sequence[Plan], units: Units) -> dict[int, Coverage]:
    """Plan number → distinct units done of those active, as `coverage.of` says of each."""
    prefetch_related_objects(plans, "parent_kinds")
    checks = _checks(plans)
    days = {plan.pk: coverage.as_of(plan) for plan in plans}
    return {plan.pk: rules.coverage(checks[plan.pk], units.active(plan, days[plan.pk]), plan.starts_on, days[plan.pk]) for plan in plans}


def of_programmes(found: Sequence[Programme], year: int, units: Units, day: date | None = None) -> list[Launched]:
    """The launched share of each, as `programmes.board` says of it."""
    prefetch_related_objects(found, "parent_kinds", "within__versions")
    launches: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for number, unit, launched in Launch.objects.filter(programme__in=found).values_list("programme_id", "unit_id", "launched_on"):
        launches[number].append((unit, launched))
    made = []
    for programme in found:
        last = min(day or timezone.localdate(), date(year, 12, 31), programmes.end(programme))
        active = units.active(programme, last)
        done = {unit for unit, launched in launches[programme.pk] if launched <= last} & active
        made.append(Launched(programme, Coverage(len(done), len(active), last)))
    return made
