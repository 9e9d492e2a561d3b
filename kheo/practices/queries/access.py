"""Which practices anyone may read, and which a person may see at the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.practices import rules
from kheo.practices.models import Practice

SEEING_ROLES = [Role.RECEIVER, Role.EVALUATOR, Role.LEADER, Role.AUDITOR, Role.EDITOR, Role.ADMIN]


def public() -> QuerySet[Practice]:
    """What anyone may read: practices in a public state (the database sees to it that each has an address)."""
    return Practice.objects.filter(state__in=sorted(s.value for s in rules.PUBLIC_STATES))


def visible_to(user: Any) -> QuerySet[Practice]:
    """What this user may see at the desk: own registrations, own unit's, and those its roles reach.

    Drafts are seen by the registering side only. Evaluators see what was approved for the list.
    """
    rights = accounts.rights(user)
    if rights.user_id is None:
        return Practice.objects.none()
    own = Q(registered_by_id=rights.user_id)
    registrant_units = rights.units([Role.REGISTRANT])
    if registrant_units:
        own |= Q(organization_id__in=registrant_units)
    seen = _within(rights.units([r for r in SEEING_ROLES if r != Role.EVALUATOR])) & ~Q(state=rules.State.DRAFT)
    judged = _within(rights.units([Role.EVALUATOR])) & ~Q(
        state__in=[rules.State.DRAFT, rules.State.SUBMITTED, rules.State.RETURNED, rules.State.WITHDRAWN]
    )
    return Practice.objects.filter(own | seen | judged)


def _within(units: frozenset[int]) -> Q:
    if not units:
        return Q(pk__in=[])
    return Q(ward_id__in=units) | Q(organization_id__in=units)


def listing(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """With what a list row shows, in one query more for units."""
    return practices.select_related("cycle", "field").prefetch_related(
        "organization__versions__kind", "ward__versions__kind"
    )
