"""Letters to a unit's people. Part of other verbs: a mail server that is away undoes nothing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core import letters
from kheo.inspections.models import Inspection, Plan
from kheo.organizations.models import Organization


def tell_unit(check: Inspection, subject: Any, *lines: Any) -> int:
    """Tell the registrants of the checked unit; how many letters go out after the commit."""
    return _tell(check.unit, reverse("inspections_desk:detail", args=[check.pk]), subject, [check.plan.name, *lines])


def remind_unit(plan: Plan, unit: Organization, subject: Any, *lines: Any) -> int:
    """Remind the registrants of a unit that its self-inspection is missing."""
    return _tell(unit, reverse("inspections_desk:plan", args=[plan.pk]), subject, [plan.name, *lines])


def _tell(unit: Organization, path: str, subject: Any, lines: list[Any]) -> int:
    sent = 0
    for person in accounts.people_with([Role.REGISTRANT], unit.pk):
        if not person.email:
            continue
        with translation.override(person.language):
            letters.send(person.email, subject, lines, path=path, about=f"unit {unit.pk}")
        sent += 1
    return sent
