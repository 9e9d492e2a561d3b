"""What waits for a person: figures to send, figures to approve."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.core.waiting import Task, Waiting, register
from kheo.indicators import policy
from kheo.indicators.models import Submission
from kheo.indicators.queries import rounds
from kheo.indicators.rules import rounds as rules

SHOWN = 5


def waiting(user: Any, day: date) -> list[Waiting]:
    """Submissions of my units that are open, and sent ones at a level of mine."""
    rights = accounts.rights(user)
    if rights.user_id is None:
        return []
    found = Submission.objects.select_related("round", "unit").prefetch_related("unit__versions", "round__levels")
    own = found.filter(state__in=rules.EDITABLE, unit_id__in=rights.units(policy.ROLES["submit"]), round__opens_on__lte=day)
    to_send = [_task(s, s.extended_to or s.round.on_time_by, day) for s in own if rounds.last_day(s) >= day]
    sent = found.filter(state=rules.SUBMITTED, round__unit_id__in=rights.units(policy.ROLES["view"]))
    to_approve = [_task(s, None, day) for s in sent if _mine(s, rights)]
    return [_kind("send", _("Figures to send"), to_send), _kind("approve", _("Figures to approve"), to_approve)]


def _mine(submission: Submission, rights: accounts.Rights) -> bool:
    level = submission.round.levels.all()[submission.level]
    return rights.holds([level.role], submission.round.unit_id)


def _task(submission: Submission, due: date | None, day: date) -> Task:
    href = reverse("indicators_desk:submission", args=[submission.pk])
    return Task(str(submission.round), href, where=str(submission.unit), since=submission.submitted_at, due=due, late=due is not None and due < day)


def _kind(code: str, title: Any, tasks: list[Task]) -> Waiting:
    dates = [t.due for t in tasks if t.due]
    tasks = sorted(tasks, key=lambda t: t.due or date.max)
    return Waiting(f"indicators.{code}", title, len(tasks), sum(t.late for t in tasks), min(dates, default=None), reverse("indicators_desk:rounds"), tasks[:SHOWN])


register("indicators", waiting)
