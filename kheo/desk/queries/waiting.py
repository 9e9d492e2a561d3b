"""What waits for a person, computed from state: nothing is ticked off by hand.

The practices are asked here; younger rooms answer for themselves through kheo.core.waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core import waiting as rooms
from kheo.core.waiting import Task, Waiting
from kheo.movements.models import Milestone
from kheo.practices import queries as practices
from kheo.practices.models import Message, Practice
from kheo.practices.rules import State

SHOWN = 5
Kind = Milestone.Kind


@dataclass(frozen=True)
class Source:
    """One kind of work: who it waits for, which practices, by which milestone it is due."""

    code: str
    role: str
    title: Any
    find: Callable[[Any, QuerySet[Practice]], QuerySet[Practice]]
    milestone: str
    states: tuple[str, ...]


def _in(*states: State) -> Callable[[Any, QuerySet[Practice]], QuerySet[Practice]]:
    return lambda _user, found: found.filter(state__in=[s.value for s in states])


def _unscored(user: Any, found: QuerySet[Practice]) -> QuerySet[Practice]:
    own = accounts.rights(user).own_units
    return (
        found.filter(state=State.EVALUATING)
        .exclude(score_sheets__kind="evaluator", score_sheets__scorer=user)
        .exclude(organization_id__in=own)
        .exclude(registered_by=user)
        .exclude(forces__part="lead", forces__organization_id__in=own)
    )


def _decidable(_user: Any, found: QuerySet[Practice]) -> QuerySet[Practice]:
    least = F("cycle__criteria_choices__criteria_set__minimum_evaluators")
    scored = Practice.objects.filter(
        state=State.EVALUATING, cycle__criteria_choices__subject=F("subject")
    ).annotate(
        sheets=Count("score_sheets", filter=Q(score_sheets__kind="evaluator"), distinct=True), least=least
    ).filter(sheets__gte=F("least"))
    # In a query of its own: whoever counts these rows by cycle must not add up the sheets of the whole cycle.
    return found.filter(pk__in=scored.order_by().values("pk"))


def _unanswered(_user: Any, found: QuerySet[Practice]) -> QuerySet[Practice]:
    last = Message.objects.filter(practice=OuterRef("pk")).order_by("-at", "-id")
    return found.annotate(last_message=Subquery(last.values("kind")[:1])).filter(last_message=Message.Kind.ANSWER)


def _without_summary(_user: Any, found: QuerySet[Practice]) -> QuerySet[Practice]:
    return found.filter(state__in=[State.RECOGNIZED, State.EXEMPLARY], summary="")


SOURCES: tuple[Source, ...] = (
    Source("returned", Role.REGISTRANT, _("Returned to you for completion"), _in(State.RETURNED), Kind.REGISTRATION, (State.RETURNED,)),
    Source("drafts", Role.REGISTRANT, _("Your drafts not yet sent"), _in(State.DRAFT), Kind.REGISTRATION, (State.DRAFT,)),
    Source("propose", Role.REGISTRANT, _("Running: report, score yourself and propose"), _in(State.RUNNING), Kind.SELF_SCORE, (State.RUNNING,)),
    Source("approve", Role.RECEIVER, _("Registrations to check and approve"), _in(State.SUBMITTED), Kind.APPROVAL, (State.SUBMITTED,)),
    Source("start", Role.RECEIVER, _("Approved, not yet started"), _in(State.LISTED), Kind.PROGRESS, (State.LISTED,)),
    Source("open_evaluation", Role.RECEIVER, _("Proposed: open the evaluation"), _in(State.PROPOSED), Kind.EVALUATION, (State.PROPOSED,)),
    Source("answers", Role.RECEIVER, _("Answers of units to read"), _unanswered, "", ()),
    Source("evaluate", Role.EVALUATOR, _("To be scored by you"), _unscored, Kind.EVALUATION, (State.EVALUATING,)),
    Source("decide", Role.LEADER, _("Evaluated: decide on recognition"), _decidable, Kind.RECOGNITION, (State.EVALUATING,)),
    Source("summary", Role.EDITOR, _("Recognized, without a summary for the public"), _without_summary, "", (State.RECOGNIZED, State.EXEMPLARY)),
)


def waiting_for(user: Any, *, day: date | None = None) -> list[Waiting]:
    """Everything that waits for this person now, the late kinds first. Empty kinds are left out."""
    day = day or timezone.localdate()
    rights = accounts.rights(user)
    found = [waiting for source in SOURCES if rights.has(source.role) for waiting in _of_source(source, user, day)]
    return sorted(found + rooms.waiting_for(user, day), key=lambda w: (-w.late, w.due or date.max))


def _of_source(source: Source, user: Any, day: date) -> Iterator[Waiting]:
    units = accounts.rights(user).units([source.role])
    reached = Q(ward_id__in=units) | Q(organization_id__in=units)
    if source.role == Role.REGISTRANT:
        reached = Q(organization_id__in=units) | Q(registered_by=user)
    open_cycles = practices.visible_to(user).filter(reached, cycle__closed_at__isnull=True)
    rows = source.find(user, open_cycles).distinct()
    dues = _dues(source)
    counts = dict(rows.values_list("cycle").annotate(n=Count("pk", distinct=True)).order_by())
    total = sum(counts.values())
    if not total:
        return
    late = sum(n for cycle, n in counts.items() if _is_late(dues.get(cycle), day))
    shown = practices.listing(rows.order_by("state_since", "pk"))[:SHOWN]
    tasks = [_task(practice, dues.get(practice.cycle_id), day) for practice in shown]
    known = [dues[cycle] for cycle in counts if cycle in dues]
    query = [("state", state) for state in source.states]
    href = reverse("practices_desk:list") + (f"?{urlencode(query)}" if query else "")
    yield Waiting(source.code, source.title, total, late, min(known, default=None), href, tasks)


def _task(practice: Practice, due: date | None, day: date) -> Task:
    where = str(practice.organization or practice.organization_text)
    href = reverse("practices_desk:detail", args=[practice.pk])
    return Task(str(practice), href, where, str(practice.cycle), practice.state_since, due, _is_late(due, day))


def _dues(source: Source) -> dict[int, date]:
    if not source.milestone:
        return {}
    return dict(
        Milestone.objects.filter(kind=source.milestone, cycle__closed_at__isnull=True).values_list("cycle_id", "closes_on")
    )


def _is_late(due: date | None, day: date) -> bool:
    return due is not None and due < day
