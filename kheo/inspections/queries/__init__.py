"""Reading inspections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.inspections import policy
from kheo.inspections.models import Checklist, Finding, Inspection, Plan
from kheo.inspections.queries import coverage
from kheo.inspections.rules import State


def visible_to(user: Any) -> QuerySet[Inspection]:
    """The checks of units this person's positions reach; drafts are seen by the unit itself alone."""
    rights = accounts.rights(user)
    seen = rights.units(policy.SEEING)
    own = rights.units([Role.REGISTRANT])
    return (
        Inspection.objects.filter(Q(unit_id__in=own) | (Q(unit_id__in=seen) & ~Q(state=State.DRAFT)) | Q(unit_id__in=rights.units([Role.RECEIVER])))
        .select_related("plan__cycle", "conclusion").prefetch_related("unit__versions", "lead__versions")
    )


def plans_visible_to(user: Any) -> QuerySet[Plan]:
    """Plans whose area the person's positions reach, and those that cover a unit of a registrant."""
    rights = accounts.rights(user)
    own = rights.units([Role.REGISTRANT])
    plans = Plan.objects.select_related("cycle", "document", "unit_kind", "checklist")
    return plans.filter(Q(within_id__in=rights.units(policy.SEEING)) | Q(inspections__unit_id__in=own)).distinct()


def public() -> QuerySet[Plan]:
    """Plans that anyone may see: those that have begun."""
    return Plan.objects.filter(starts_on__lte=timezone.localdate()).select_related("cycle", "document", "unit_kind").prefetch_related("lead__versions", "partners__versions")


def findings_visible_to(user: Any) -> QuerySet[Finding]:
    """Findings of the checks the person sees."""
    return Finding.objects.filter(inspection__in=visible_to(user)).select_related("inspection__plan").prefetch_related("inspection__unit__versions", "follow_ups")


def with_everything(checks: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """For the page of one check."""
    return checks.prefetch_related("answers__item", "partners__versions", Prefetch("findings", Finding.objects.prefetch_related("follow_ups")), "attachments")


def checklists() -> list[Checklist]:
    """The newest version of each checklist."""
    newest: dict[str, Checklist] = {}
    for checklist in Checklist.objects.order_by("code", "version").prefetch_related("items"):
        newest[checklist.code] = checklist
    return list(newest.values())


def own_units_to_check(user: Any, plan: Plan, day: date) -> list[Any]:
    """Units of a registrant that a plan asks a self-inspection of."""
    own = accounts.rights(user).units([Role.REGISTRANT])
    return [row for row in coverage.active(plan, day) if row.organization_id in own]


__all__ = [
    "checklists", "coverage", "findings_visible_to", "own_units_to_check", "plans_visible_to", "public", "visible_to", "with_everything",
]
