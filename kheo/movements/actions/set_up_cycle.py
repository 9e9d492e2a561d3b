"""Create a cycle, set its milestones, choose its criteria, feature it on the home page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.movements import policy
from kheo.movements.models import CriteriaSet, Cycle, CycleCriteria, Milestone, Movement


def create_cycle(
    movement: Movement, *, code: str, name: str, starts_on: date, ends_on: date, by: Any
) -> Cycle:
    """A new cycle. Takes over the criteria sets of the newest cycle before it."""
    require(policy.may(by, "manage", movement))
    if ends_on <= starts_on:
        raise InvalidInput(_("The last day must come after the first day."), field="ends_on")
    if movement.cycles.filter(code=code).exists():
        raise InvalidInput(_("This movement already has a cycle with the code “%(code)s”.") % {"code": code}, field="code")
    with transaction.atomic():
        cycle = Cycle.objects.create(movement=movement, code=code, name=name, starts_on=starts_on, ends_on=ends_on)
        before = movement.cycles.filter(starts_on__lt=starts_on).order_by("-starts_on").first()
        for choice in before.criteria_choices.all() if before else []:
            CycleCriteria.objects.create(cycle=cycle, subject=choice.subject, criteria_set=choice.criteria_set)
        record.record("movements.create_cycle", cycle, by=by, code=code)
    return cycle


def set_milestone(cycle: Cycle, kind: str, *, by: Any, **dates: date) -> Milestone:
    """Set or change the dates of one step: period_from, period_to, opens_on, closes_on, locks_on."""
    require(policy.may(by, "manage", cycle.movement))
    _refuse_closed(cycle)
    if not dates["opens_on"] <= dates["closes_on"] <= dates["locks_on"]:
        raise InvalidInput(_("The dates must run in order: opens, on time until, locks after."), field="closes_on")
    if dates["period_to"] < dates["period_from"]:
        raise InvalidInput(_("The period ends before it begins."), field="period_to")
    with transaction.atomic():
        step, _made = Milestone.objects.update_or_create(cycle=cycle, kind=kind, defaults=dates)
        record.record(
            "movements.set_milestone", step, by=by, label=f"{cycle}: {step.get_kind_display()}",
            **{name: day.isoformat() for name, day in dates.items()},
        )
    return step


def choose_criteria(cycle: Cycle, criteria_set: CriteriaSet, *, by: Any) -> CycleCriteria:
    """Which criteria set the cycle uses for the set's subject; refused once scoring has begun."""
    require(policy.may(by, "manage", cycle.movement))
    _refuse_closed(cycle)
    with transaction.atomic():
        choice = CycleCriteria.objects.select_for_update().filter(cycle=cycle, subject=criteria_set.subject).first()
        if choice and choice.frozen_at and choice.criteria_set_id != criteria_set.pk:
            raise InvalidInput(_("Scoring has begun with another criteria set; it can no longer be exchanged in this cycle."), field="criteria_set")
        if choice is None:
            choice = CycleCriteria(cycle=cycle, subject=criteria_set.subject)
        choice.criteria_set = criteria_set
        choice.save()
        record.record("movements.choose_criteria", cycle, by=by, criteria=str(criteria_set))
    return choice


def feature(cycle: Cycle, *, by: Any) -> Movement:
    """Show this cycle on the home page."""
    movement = cycle.movement
    require(policy.may(by, "manage", movement))
    with transaction.atomic():
        movement.featured_cycle = cycle
        movement.save(update_fields=["featured_cycle"])
        record.record("movements.feature", cycle, by=by)
    return movement


def _refuse_closed(cycle: Cycle) -> None:
    if cycle.closed_at:
        raise InvalidInput(_("The cycle %(cycle)s is closed; its records are frozen.") % {"cycle": cycle})
