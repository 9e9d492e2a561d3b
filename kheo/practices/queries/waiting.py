"""Which practices wait for a step of this person."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.practices.models import Practice, ScoreSheet
from kheo.practices.rules import State

# The states in which a practice waits for the holders of a role.
STATES: dict[str, tuple[State, ...]] = {
    Role.REGISTRANT: (State.DRAFT, State.RETURNED, State.RUNNING),
    Role.RECEIVER: (State.SUBMITTED, State.LISTED, State.PROPOSED),
}
ENOUGH = 2
"""No criteria set may ask for fewer evaluators; from here on a leader can look at the result."""


def for_person(user: Any) -> Q:
    """A condition on practices: a step of this person is the next one, in a cycle that is not closed."""
    rights = accounts.rights(user)
    if rights.user_id is None:
        return Q(pk__in=[])
    found = Q(pk__in=[])
    for role, states in STATES.items():
        reached = _reached(rights.units([role]))
        if role == Role.REGISTRANT:
            reached |= Q(registered_by_id=rights.user_id)
        found |= reached & Q(state__in=[state.value for state in states])
    evaluating = Q(state=State.EVALUATING)
    found |= _reached(rights.units([Role.EVALUATOR])) & evaluating & ~Q(pk__in=_scored_by(rights.user_id)) & ~_own(rights)
    found |= _reached(rights.units([Role.LEADER])) & evaluating & Q(pk__in=_scored_enough())
    return found & Q(cycle__closed_at__isnull=True)


def _reached(units: frozenset[int]) -> Q:
    if not units:
        return Q(pk__in=[])
    return Q(ward_id__in=units) | Q(organization_id__in=units)


def _own(rights: accounts.Rights) -> Q:
    led = Practice.objects.filter(forces__part="lead", forces__organization_id__in=rights.own_units)
    return Q(organization_id__in=rights.own_units) | Q(registered_by_id=rights.user_id) | Q(pk__in=led.order_by().values("pk"))


def _scored_by(user_id: int) -> Any:
    return ScoreSheet.objects.filter(kind=ScoreSheet.Kind.EVALUATOR, scorer_id=user_id).order_by().values("practice")


def _scored_enough() -> Any:
    counted = ScoreSheet.objects.filter(kind=ScoreSheet.Kind.EVALUATOR).order_by().values("practice").annotate(n=Count("pk"))
    return counted.filter(n__gte=ENOUGH).values("practice")
