"""Reading movements, cycles, milestones and criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from kheo.movements import rules
from kheo.movements.models import CriteriaSet, Cycle, CycleCriteria, Field, Milestone, Movement


@dataclass(frozen=True)
class MilestoneState:
    """A milestone and how it stands on a day; `days` to its on-time limit (negative: past it)."""

    milestone: Milestone
    window: rules.Window
    days: int


def main_movement() -> Movement | None:
    """The movement the public pages speak of: the first by name."""
    return Movement.objects.select_related("featured_cycle", "area").order_by("pk").first()


def cycles(movement: Movement | None = None) -> QuerySet[Cycle]:
    """Cycles, newest first."""
    found = Cycle.objects.select_related("movement").order_by("-starts_on")
    return found.filter(movement=movement) if movement else found


def featured_cycle(movement: Movement) -> Cycle | None:
    """The cycle the home page shows: the chosen one, else the newest that has begun."""
    if movement.featured_cycle_id:
        return movement.featured_cycle
    return cycles(movement).filter(starts_on__lte=timezone.localdate()).first()


def previous_cycle(cycle: Cycle) -> Cycle | None:
    """The cycle before this one, for comparison."""
    return cycles(cycle.movement).filter(starts_on__lt=cycle.starts_on).first()


def next_cycle(cycle: Cycle) -> Cycle | None:
    """The cycle after this one, when it exists already."""
    return Cycle.objects.filter(movement=cycle.movement, starts_on__gt=cycle.starts_on).order_by("starts_on").first()


def milestone(cycle: Cycle, kind: str) -> Milestone | None:
    """One step of a cycle."""
    return cycle.milestones.filter(kind=kind).first()


def dates_of(step: Milestone) -> rules.Dates:
    """The dates of a step as the rules read them."""
    return rules.Dates(step.opens_on, step.closes_on, step.locks_on)


def window(cycle: Cycle, kind: str, day: date | None = None) -> rules.Window:
    """How a step of a cycle stands on a day; a step nobody set is open while the cycle is not closed."""
    step = milestone(cycle, kind)
    if step is None:
        return rules.Window.LOCKED if cycle.closed_at else rules.Window.OPEN
    return dates_of(step).window(day or timezone.localdate())


def open_for_registration(movement: Movement | None = None, day: date | None = None) -> list[Cycle]:
    """Cycles that take registrations on a day (on time or late), newest first."""
    day = day or timezone.localdate()
    steps = Milestone.objects.filter(
        kind=Milestone.Kind.REGISTRATION, opens_on__lte=day, locks_on__gte=day, cycle__closed_at__isnull=True
    ).select_related("cycle__movement")
    if movement:
        steps = steps.filter(cycle__movement=movement)
    return sorted((step.cycle for step in steps), key=lambda cycle: cycle.starts_on, reverse=True)


def calendar(cycle: Cycle, day: date | None = None) -> list[MilestoneState]:
    """All steps of a cycle in order of their on-time limits, each with its state on a day."""
    day = day or timezone.localdate()
    return [
        MilestoneState(step, dates_of(step).window(day), (step.closes_on - day).days)
        for step in cycle.milestones.order_by("closes_on", "opens_on")
    ]


def fields(movement: Movement, day: date | None = None) -> list[Field]:
    """The fields of a movement in force on a day, in their order."""
    day = day or timezone.localdate()
    return [
        f for f in movement.fields.all()
        if (f.valid_from is None or f.valid_from <= day) and (f.valid_to is None or day < f.valid_to)
    ]


def criteria_of(cycle: Cycle, subject: str) -> CriteriaSet | None:
    """The criteria set a cycle uses for a collective or an individual."""
    chosen = CycleCriteria.objects.select_related("criteria_set").filter(cycle=cycle, subject=subject).first()
    return chosen.criteria_set if chosen else None


def sets_with_counts(movement: Movement) -> QuerySet[CriteriaSet]:
    """Criteria sets with how many cycles use each."""
    return movement.criteria_sets.annotate(used=Count("cycle_choices")).select_related("basis")
