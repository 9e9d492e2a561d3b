"""Plan checks: the plan itself, and checks scheduled for its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.inspections import policy, rules
from kheo.inspections.models import Checklist, Inspection, Plan
from kheo.inspections.queries import coverage
from kheo.movements.models import Cycle
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationKind

MOST_REMINDERS = 8


@dataclass(frozen=True)
class PlanData:
    """A plan as written on the form."""

    cycle: Cycle
    name: str
    within: Organization
    unit_kind: OrganizationKind
    parent_kinds: tuple[OrganizationKind, ...]
    lead: Organization
    partners: tuple[Organization, ...]
    kinds: tuple[str, ...]
    checklist: Checklist
    starts_on: date
    ends_on: date
    document: Document | None = None
    remind_before: tuple[int, ...] = (14, 3, 0, -7)
    finding_days: int = 30


def plan(data: PlanData, *, by: Any, current: Plan | None = None) -> Plan:
    """Write a plan, or change one. A plan with checks keeps its cycle, units and kinds."""
    require(policy.may(by, "plan", data.within.pk))
    _check(data)
    values = {
        name: getattr(data, name) for name in (
            "cycle", "name", "within", "unit_kind", "lead", "checklist", "starts_on", "ends_on", "document", "finding_days",
        )
    }
    values |= {"kinds": list(data.kinds), "remind_before": sorted(set(data.remind_before), reverse=True)}
    with transaction.atomic():
        made = Plan.objects.select_for_update().get(pk=current.pk) if current else Plan(slug=_slug(data), created_by_name=str(by)[:150])
        if current and made.inspections.exists():
            _keep_frame(made, data)
        for name, value in values.items():
            setattr(made, name, value)
        made.save()
        made.partners.set(data.partners)
        made.parent_kinds.set(data.parent_kinds)
        record.record("inspections.plan", made, by=by, name=made.name, start=made.starts_on, end=made.ends_on)
    return made


def schedule(plan: Plan, units: Sequence[Organization], kind: str, on: date, *, by: Any) -> list[Inspection]:
    """Schedule checks of one kind for units of the plan; a unit that has an open one of that kind is left out."""
    require(policy.may(by, "schedule", plan))
    if kind not in plan.kinds:
        raise InvalidInput(_("The plan does not ask for this kind of check."), field="kind")
    if not plan.starts_on <= on <= plan.ends_on:
        raise InvalidInput(
            _("The day must lie within the plan: %(first)s to %(last)s.") % {"first": format_date(plan.starts_on), "last": format_date(plan.ends_on)},
            field="planned_on",
        )
    active = {version.organization_id for version in coverage.active(plan, on)}
    strangers = [unit for unit in units if unit.pk not in active]
    if strangers:
        raise InvalidInput(
            _("%(unit)s is not among the units of this plan on %(day)s.") % {"unit": organizations.name_on(strangers[0], on), "day": format_date(on)},
            field="units",
        )
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        open_now = {rules.State.DRAFT, rules.State.PLANNED, rules.State.RETURNED} if kind != rules.Kind.SELF else set(rules.State) - {rules.State.CANCELLED}
        taken = set(plan.inspections.filter(kind=kind, state__in=open_now).values_list("unit_id", flat=True))
        state = rules.State.DRAFT if kind == rules.Kind.SELF else rules.State.PLANNED
        made = [
            Inspection.objects.create(plan=plan, unit=unit, kind=kind, state=state, lead=unit if kind == rules.Kind.SELF else plan.lead, planned_on=on)
            for unit in units if unit.pk not in taken
        ]
        for check in made:
            if kind != rules.Kind.SELF:
                check.partners.set(plan.partners.all())
            record.record("inspections.schedule", check, by=by, on=on, unit=organizations.name_on(check.unit, on))
    return made


def _slug(data: PlanData) -> str:
    stem = text.slugify(f"{data.name} {data.cycle.code}", limit=100) or "ke-hoach"
    taken = set(Plan.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _keep_frame(made: Plan, data: PlanData) -> None:
    same = (
        made.cycle_id == data.cycle.pk and made.within_id == data.within.pk and made.unit_kind_id == data.unit_kind.pk
        and set(made.kinds) <= set(data.kinds) and set(made.parent_kinds.all()) == set(data.parent_kinds)
    )
    if not same:
        raise InvalidInput(_("Checks exist already: cycle, units and kinds of the plan stay. Make a new plan for other units."), field="within")


def _check(data: PlanData) -> None:
    if not data.name.strip():
        raise InvalidInput(_("Write the name of the plan."), field="name")
    if data.ends_on < data.starts_on:
        raise InvalidInput(_("The last day must come after the first."), field="ends_on")
    if not data.kinds or any(kind not in set(rules.Kind) for kind in data.kinds):
        raise InvalidInput(_("Choose at least one kind of check."), field="kinds")
    if len(set(data.remind_before)) > MOST_REMINDERS:
        raise InvalidInput(_("At most %(most)s reminders.") % {"most": MOST_REMINDERS}, field="remind_before")
    if data.lead in data.partners:
        raise InvalidInput(_("The lead body is not a joint body as well."), field="partners")
