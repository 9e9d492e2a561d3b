"""What waits for a person, computed from state: nothing is ticked off by hand.

The practices are asked here; younger rooms answer for themselves through kheo.core.waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from kheo.core import waiting as rooms
from kheo.core.waiting import Task, Waiting
from kheo.movements.models import Milestone
from kheo.practices import queries as practices
from kheo.practices.models import Practice
from kheo.practices.queries.waiting import Step, for_person, steps_of

SHOWN = 5


def waiting_for(user: Any, *, day: date | None = None) -> list[Waiting]:
    """Everything that waits for this person now, the late kinds first. Empty kinds are left out."""
    day = day or timezone.localdate()
    found = [waiting for code, step in steps_of(user).items() for waiting in _of_step(code, step, user, day)]
    return sorted(found + rooms.waiting_for(user, day), key=lambda w: (-w.late, w.due or date.max))


def _of_step(code: str, step: Step, user: Any, day: date) -> Iterator[Waiting]:
    rows = practices.visible_to(user).filter(for_person(user, code)).distinct()
    dues = _dues(step)
    counts = dict(rows.values_list("cycle").annotate(n=Count("pk", distinct=True)).order_by())
    total = sum(counts.values())
    if not total:
        return
    late = sum(n for cycle, n in counts.items() if _is_late(dues.get(cycle), day))
    shown = practices.listing(rows.order_by("state_since", "pk"))[:SHOWN]
    tasks = [_task(practice, dues.get(practice.cycle_id), day) for practice in shown]
    known = [dues[cycle] for cycle in counts if cycle in dues]
    href = f"{reverse('practices_desk:list')}?mine={code}"
    yield Waiting(code, step.title, total, late, min(known, default=None), href, tasks)


def _task(practice: Practice, due: date | None, day: date) -> Task:
    where = str(practice.organization or practice.organization_text)
    href = reverse("practices_desk:detail", args=[practice.pk])
    return Task(str(practice), href, where, str(practice.cycle), practice.state_since, due, _is_late(due, day))


def _dues(step: Step) -> dict[int, date]:
    if not step.milestone:
        return {}
    return dict(
        Milestone.objects.filter(kind=step.milestone, cycle__closed_at__isnull=True).values_list("cycle_id", "closes_on")
    )


def _is_late(due: date | None, day: date) -> bool:
    return due is not None and due < day
