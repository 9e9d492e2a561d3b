"""Which practices wait for a step of this person. The to-do and the list ask the same conditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.movements.models import Milestone
from kheo.practices.models import Message, Practice, ScoreSheet
from kheo.practices.rules import State

Kind = Milestone.Kind


@dataclass(frozen=True)
class Step:
    """A step that waits: for the holders of which role, in words, on which practices, and the milestone it is due by."""

    role: Role
    title: Any
    condition: Callable[[Any], Q]
    milestone: str = ""


def _in(*states: State) -> Callable[[Any], Q]:
    return lambda _user: Q(state__in=[state.value for state in states])


def _unscored(user: Any) -> Q:
    """Being evaluated, not scored by this person yet, and nothing of this person's own."""
    rights = accounts.rights(user)
    scored = ScoreSheet.objects.filter(kind=ScoreSheet.Kind.EVALUATOR, scorer_id=rights.user_id).order_by().values("practice")
    led = Practice.objects.filter(forces__part="lead", forces__organization_id__in=rights.own_units).order_by().values("pk")
    own = Q(organization_id__in=rights.own_units) | Q(registered_by_id=rights.user_id) | Q(pk__in=led)
    return Q(state=State.EVALUATING) & ~Q(pk__in=scored) & ~own


def _decidable(_user: Any) -> Q:
    """Scored by as many people as the criteria set of the cycle and the subject asks."""
    least = F("cycle__criteria_choices__criteria_set__minimum_evaluators")
    sheets = Count("score_sheets", filter=Q(score_sheets__kind=ScoreSheet.Kind.EVALUATOR), distinct=True)
    evaluating = Practice.objects.filter(state=State.EVALUATING, cycle__criteria_choices__subject=F("subject"))
    # In a query of its own: whoever counts these rows by cycle must not add up the sheets of the whole cycle.
    return Q(pk__in=evaluating.annotate(sheets=sheets, least=least).filter(sheets__gte=F("least")).order_by().values("pk"))


def _unanswered(_user: Any) -> Q:
    """The unit had the last word in the thread."""
    last = Message.objects.filter(practice=OuterRef("pk")).order_by("-at", "-id")
    answered = Practice.objects.annotate(last=Subquery(last.values("kind")[:1])).filter(last=Message.Kind.ANSWER)
    return Q(pk__in=answered.order_by().values("pk"))


def _without_summary(_user: Any) -> Q:
    return Q(state__in=[State.RECOGNIZED, State.EXEMPLARY], summary="")


STEPS: dict[str, Step] = {
    "returned": Step(Role.REGISTRANT, _("Returned to you for completion"), _in(State.RETURNED), Kind.REGISTRATION),
    "drafts": Step(Role.REGISTRANT, _("Your drafts not yet sent"), _in(State.DRAFT), Kind.REGISTRATION),
    "propose": Step(Role.REGISTRANT, _("Running: report, score yourself and propose"), _in(State.RUNNING), Kind.SELF_SCORE),
    "approve": Step(Role.RECEIVER, _("Registrations to check and approve"), _in(State.SUBMITTED), Kind.APPROVAL),
    "start": Step(Role.RECEIVER, _("Approved, not yet started"), _in(State.LISTED), Kind.PROGRESS),
    "open_evaluation": Step(Role.RECEIVER, _("Proposed: open the evaluation"), _in(State.PROPOSED), Kind.EVALUATION),
    "answers": Step(Role.RECEIVER, _("Answers of units to read"), _unanswered),
    "evaluate": Step(Role.EVALUATOR, _("To be scored by you"), _unscored, Kind.EVALUATION),
    "decide": Step(Role.LEADER, _("Evaluated: decide on recognition"), _decidable, Kind.RECOGNITION),
    "summary": Step(Role.EDITOR, _("Recognized, without a summary for the public"), _without_summary),
}


def steps_of(user: Any) -> dict[str, Step]:
    """The steps that can wait for this person's roles, by code."""
    rights = accounts.rights(user)
    return {code: step for code, step in STEPS.items() if rights.has(step.role)}


def for_person(user: Any, code: str = "") -> Q:
    """A condition on practices: this step of this person (a code of STEPS; without one, any step) is the next, in an open cycle.

    A code that is not known is read as none, for it may come from an address.
    """
    found = Q(pk__in=[])
    for own, step in steps_of(user).items():
        if code == own or code not in STEPS:
            found |= _reached(accounts.rights(user), step.role) & step.condition(user)
    return found & Q(cycle__closed_at__isnull=True)


def _reached(rights: accounts.Rights, role: Role) -> Q:
    """Practices in the units where this person holds the role; a registrant's own ones too."""
    units = rights.units([role])
    reached = Q(ward_id__in=units) | Q(organization_id__in=units) if units else Q(pk__in=[])
    return reached | Q(registered_by_id=rights.user_id) if role == Role.REGISTRANT else reached
