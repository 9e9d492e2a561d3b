"""Collection rounds: who has sent, who has not, what is locked, and what became of units in mid-round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.core.rules import dates
from kheo.indicators import policy
from kheo.indicators.models import Observation, Period, Reminder, Round, Submission
from kheo.indicators.queries import units
from kheo.indicators.rules import rounds as rules
from kheo.organizations import queries as organizations
from kheo.organizations.models import Succession


@dataclass(frozen=True)
class Line:
    """One unit of a round's board."""

    submission: Submission
    name: str
    filled: int
    wanted: int
    late: bool
    closed_why: str
    passed: list[Succession]
    level_name: str
    waits_for: str
    reminded: list[Reminder]


def visible_to(user: Any) -> QuerySet[Round]:
    """Rounds in which the user collects, approves or answers for a unit."""
    if policy.is_system(user):
        return Round.objects.all()
    units = accounts.rights(user).units(policy.ROLES["view"])
    return Round.objects.filter(Q(unit_id__in=units) | Q(submissions__unit_id__in=units)).distinct()


def last_day(submission: Submission) -> date:
    """The last day on which figures may be entered: the extension, or the day before the lock."""
    return submission.extended_to or submission.round.locks_on - timedelta(days=1)


def closed_why(submission: Submission, day: date | None = None) -> str:
    """Why nothing can be entered now, in words; empty when it can."""
    day = day or timezone.localdate()
    around = submission.round
    if submission.state not in rules.EDITABLE:
        words = _("The figures of “%(round)s” were sent; ask for their return to change them.")
        return words % {"round": around}
    if day < around.opens_on:
        return _("“%(round)s” opens on %(day)s.") % {"round": around, "day": dates.format_date(around.opens_on)}
    if day > last_day(submission):
        return _("“%(round)s” was locked on %(day)s; ask for an extension.") % {"round": around, "day": dates.format_date(last_day(submission) + timedelta(days=1))}
    return ""


def locked(period: Period, areas: Iterable[int], day: date | None = None, *, hold: bool = False) -> dict[tuple[int, int], str]:
    """(unit, indicator) → why it is locked, for the cells of one period; two queries.

    With `hold`, inside a transaction, nobody can send, approve or reopen these units' figures until it ends.
    """
    found: dict[tuple[int, int], str] = {}
    open_elsewhere: set[tuple[int, int]] = set()
    submissions = Submission.objects.filter(round__period=period, unit_id__in=list(areas)).select_related("round").order_by("pk")
    if hold:
        submissions = submissions.select_for_update(of=("self",))
    asked: dict[int, list[int]] = {}
    through = Round.indicators.through.objects.filter(round__period=period)
    for around, indicator in through.values_list("round_id", "indicator_id"):
        asked.setdefault(around, []).append(indicator)
    for submission in submissions:
        why = closed_why(submission, day)
        for indicator in asked.get(submission.round_id, ()):
            key = (submission.unit_id, indicator)
            if why:
                found.setdefault(key, why)
            else:
                open_elsewhere.add(key)
    return {key: why for key, why in found.items() if key not in open_elsewhere}


def board(around: Round) -> list[Line]:
    """Every unit of the round with how far it is; a fixed number of queries."""
    submissions = list(around.submissions.select_related("round", "unit").prefetch_related("unit__versions", Prefetch("reminders", Reminder.objects.order_by("-rule_day"))))
    indicators = list(around.indicators.values_list("pk", flat=True))
    rows = Observation.objects.filter(
        Q(value__isnull=False) | ~Q(missing_reason="") | Q(denominator=0), is_current=True, period_id=around.period_id, indicator_id__in=indicators,
        unit_id__in=[s.unit_id for s in submissions],
    )
    filled: dict[int, int] = {}
    for unit in rows.values_list("unit_id", flat=True):
        filled[unit] = filled.get(unit, 0) + 1
    passed: dict[int, list[Succession]] = {}
    for step in Succession.objects.filter(predecessor_id__in=[s.unit_id for s in submissions], on__gt=around.opens_on).select_related("basis").prefetch_related("successor__versions"):
        passed.setdefault(step.predecessor_id, []).append(step)
    levels = list(around.levels.all())
    today = timezone.localdate()
    titles = units.titles(around.period)
    made = []
    for s in submissions:
        late = s.state in rules.EDITABLE and today > (s.extended_to or around.on_time_by)
        reached = levels[s.level - 1].name if 0 < s.level <= len(levels) else ""
        waits = levels[s.level].name if s.state == rules.SUBMITTED and s.level < len(levels) else ""
        name = titles.get(s.unit_id) or organizations.name_on(s.unit, around.period.last)
        made.append(Line(s, name, filled.get(s.unit_id, 0), len(indicators), late, closed_why(s), passed.get(s.unit_id, []), reached, waits, list(s.reminders.all())))
    return made
