"""Collection rounds: open one, and carry each unit's figures from entry to approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.indicators import policy
from kheo.indicators.models import (
    Indicator,
    Observation,
    Period,
    Round,
    RoundLevel,
    Submission,
    SubmissionStep,
)
from kheo.indicators.queries import rounds as queries
from kheo.indicators.rules import rounds as rules
from kheo.organizations.models import Organization


@dataclass(frozen=True)
class RoundData:
    """A round with its four named dates: the period itself, window, on time, lock."""

    name: str
    unit: Organization
    period: Period
    opens_on: date
    on_time_by: date
    locks_on: date
    levels: Sequence[tuple[str, str]]
    reminder_days: Sequence[int] = (7, 1, -1)


def open_round(data: RoundData, units: Sequence[Organization], indicators: Sequence[Indicator], *, by: Any) -> Round:
    """Open a round for units and indicators; levels of approval are (name, role) from below upwards."""
    require(policy.may(by, "collect", data.unit.pk))
    if not data.opens_on <= data.on_time_by < data.locks_on:
        raise InvalidInput(_("The dates must follow each other: window, on time, lock."), field="locks_on")
    if not units or not indicators or not data.levels:
        raise InvalidInput(_("Choose at least one unit, one indicator and one level of approval."), field="units")
    with transaction.atomic():
        made = Round.objects.create(
            name=text.squeeze(text.nfc(data.name)), unit=data.unit, period=data.period, opens_on=data.opens_on, on_time_by=data.on_time_by,
            locks_on=data.locks_on, reminder_days=list(data.reminder_days), created_by_name=str(by or record.SYSTEM)[:200],
        )
        made.indicators.set(indicators)
        RoundLevel.objects.bulk_create(RoundLevel(round=made, order=n, name=name, role=role) for n, (name, role) in enumerate(data.levels, start=1))
        Submission.objects.bulk_create(Submission(round=made, unit=unit) for unit in units)
        record.record("indicators.open_round", made, by=by, units=len(units), indicators=len(indicators))
    return made


def submit(submission: Submission, *, by: Any) -> Submission:
    """Send the figures of a unit. Every cell needs a figure or the reason why there is none."""
    require(policy.may(by, "submit", submission.unit_id))
    with transaction.atomic():
        locked = _locked(submission, "submit")
        closed = queries.closed_why(locked)
        if closed:
            raise InvalidInput(closed)
        gaps = missing(locked)
        if gaps:
            raise InvalidInput(
                _("Without a figure and without the reason why: %(list)s.") % {"list": "; ".join(str(i) for i in gaps[:10])}
            )
        locked.submitted_at, locked.level = timezone.now(), 0
        return _step(locked, "submit", rules.SUBMITTED, by)


def missing(submission: Submission) -> list[Indicator]:
    """The typed indicators of the round for which the unit has said nothing."""
    said = {
        o.indicator_id for o in Observation.objects.filter(is_current=True, unit_id=submission.unit_id, period_id=submission.round.period_id)
        if o.value is not None or o.missing_reason or o.denominator == 0
    }
    wanted = submission.round.indicators.filter(versions__source="typed").distinct().prefetch_related("versions")
    return [i for i in wanted if i.pk not in said]


def approve(submission: Submission, *, by: Any) -> Submission:
    """Approve at the next level. At the last one the figures become official, as new revisions."""
    with transaction.atomic():
        locked = _locked(submission, "approve")
        levels = list(locked.round.levels.all())
        level = levels[locked.level]
        require(policy.may_as(by, (level.role,), locked.round.unit_id))
        locked.level += 1
        last = locked.level == len(levels)
        if last:
            _make_official(locked, by)
        return _step(locked, "approve", rules.APPROVED if last else rules.SUBMITTED, by, level_name=level.name)


def return_(submission: Submission, *, reason: str, by: Any) -> Submission:
    """Give the figures back with a reason; who approves at the waiting level may."""
    with transaction.atomic():
        locked = _locked(submission, "return")
        level = locked.round.levels.all()[locked.level]
        require(policy.may_as(by, (level.role,), locked.round.unit_id))
        _need(reason)
        locked.level = 0
        return _step(locked, "return", rules.RETURNED, by, reason, level.name)


def extend(submission: Submission, until: date, *, reason: str, by: Any) -> Submission:
    """Let a unit enter figures until a later day, with a reason."""
    require(policy.may(by, "extend", submission.round.unit_id))
    _need(reason)
    with transaction.atomic():
        locked = _locked(submission, "extend")
        if until < locked.round.locks_on or until < timezone.localdate():
            raise InvalidInput(_("The new last day must lie after the lock and not in the past."), field="until")
        locked.extended_to = until
        return _step(locked, "extend", locked.state, by, f"{until:%d/%m/%Y}: {reason}")


def reopen(submission: Submission, until: date, *, reason: str, by: Any) -> Submission:
    """Open sent or approved figures again until a day, with a reason; it stays on record."""
    require(policy.may(by, "reopen", submission.round.unit_id))
    _need(reason)
    with transaction.atomic():
        locked = _locked(submission, "reopen")
        if until < timezone.localdate():
            raise InvalidInput(_("The new last day must not lie in the past."), field="until")
        locked.extended_to, locked.level = until, 0
        return _step(locked, "reopen", rules.RETURNED, by, f"{until:%d/%m/%Y}: {reason}")


def _need(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput(_("Write the reason: the other side will read it."), field="reason")


def _locked(submission: Submission, verb: str) -> Submission:
    locked = Submission.objects.select_for_update(of=("self",)).select_related("round__period").get(pk=submission.pk)
    if locked.state not in rules.TRANSITIONS[verb].sources:
        raise InvalidInput(_("This step is not possible while the figures are “%(state)s”.") % {"state": locked.get_state_display()})
    return locked


def _step(submission: Submission, verb: str, state: str, by: Any, reason: str = "", level_name: str = "") -> Submission:
    before, submission.state = submission.state, state
    submission.save()
    SubmissionStep.objects.create(
        submission=submission, verb=verb, from_state=before, to_state=state, level_name=level_name, reason=text.nfc(reason)[:1000],
        by_name=str(by or record.SYSTEM)[:200], at=timezone.now(),
    )
    record.record(f"indicators.{verb}", submission, by=by, to=state, reason=reason)
    return submission


def _make_official(submission: Submission, by: Any) -> None:
    """The approved figures as new revisions: who approved stands beside who entered."""
    around = submission.round
    rows = list(
        Observation.objects.filter(
            is_current=True, unit_id=submission.unit_id, period_id=around.period_id, indicator__in=around.indicators.order_by().values("pk")
        ).exclude(status=Observation.Status.OFFICIAL)
    )
    Observation.objects.filter(pk__in=[r.pk for r in rows]).update(is_current=False)
    for row in rows:
        row.pk = None
        row.revision += 1
        row.is_current, row.status, row.entry = True, Observation.Status.OFFICIAL, "approved"
        row.by_id, row.by_name, row.at = getattr(by, "pk", None), str(by or record.SYSTEM)[:200], timezone.now()
    Observation.objects.bulk_create(rows)
