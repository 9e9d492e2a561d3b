"""On time, early, overdue: how one dossier counts at one instant.

Source: QĐ 766/QĐ-TTg (23/06/2022). The end of a dossier is the first of these that happened by the
as-of instant: processing finished; result returned; stopped, refused or withdrawn (only dossiers
really received). With none of them, a single request for a supplement stops the clock at that
request; otherwise the clock runs to the as-of instant. The time spent waiting for supplements is
taken off, and more than the allowed number of requests counts as overdue. A dossier without a due
moment cannot be judged: it is counted apart, never as on time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class Status(StrEnum):
    """The standard states that labels of all systems are mapped to."""

    WAITING = "waiting"
    RECEIVED = "received"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    FINANCIAL = "financial"
    DONE = "done"
    RETURNED = "returned"
    STOPPED = "stopped"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CLOSED_WITHOUT_RESULT = frozenset({Status.STOPPED, Status.REFUSED, Status.WITHDRAWN})
ENDED = CLOSED_WITHOUT_RESULT | {Status.DONE, Status.RETURNED}


class Outcome(StrEnum):
    """How a dossier counts. The first four are settled, the next three open."""

    EARLY = "early"
    ON_TIME = "on_time"
    OVERDUE = "overdue"
    UNDATED = "undated"
    OPEN = "open"
    OPEN_OVERDUE = "open_overdue"
    OPEN_UNDATED = "open_undated"


SETTLED = frozenset({Outcome.EARLY, Outcome.ON_TIME, Outcome.OVERDUE, Outcome.UNDATED})
LATE = frozenset({Outcome.OVERDUE, Outcome.OPEN_OVERDUE})


class End(StrEnum):
    """Which event ended the dossier, or at what the clock was stopped."""

    DONE = "done"
    RETURNED = "returned"
    CLOSED = "closed"
    SUPPLEMENT = "supplement"
    AS_OF = "as_of"


class Early(StrEnum):
    """Two definitions of "before the due moment" are in use; the site names the one it counts by."""

    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class Counting:
    """The rules in force: what is early, and how many requests for supplements are allowed."""

    early: Early = Early.DAY
    most_supplements: int = 1


@dataclass(frozen=True, slots=True)
class Events:
    """What happened to a dossier; instants in one and the same clock. A due moment at midnight is a
    date alone and means the end of that day."""

    received: datetime
    due: datetime | None = None
    done: datetime | None = None
    returned: datetime | None = None
    closed: datetime | None = None
    supplement: datetime | None = None
    supplements: int = 0
    waited: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Judgement:
    """How the dossier counts, when its clock stopped and by which event."""

    outcome: Outcome
    end: End
    at: datetime

    @property
    def settled(self) -> bool:
        """True when the dossier is closed at the as-of instant."""
        return self.outcome in SETTLED


def end_of(events: Events, as_of: datetime) -> tuple[End, datetime]:
    """Which event stops the clock at `as_of`; events after it have not happened yet."""
    for end, at in ((End.DONE, events.done), (End.RETURNED, events.returned), (End.CLOSED, events.closed)):
        if at is not None and at <= as_of:
            return end, at
    if events.supplements == 1 and events.supplement is not None and events.supplement <= as_of:
        return End.SUPPLEMENT, events.supplement
    return End.AS_OF, as_of


def due_moment(due: datetime) -> datetime:
    """The last instant that is in time: a date alone lasts until its end."""
    midnight = not (due.hour or due.minute or due.second or due.microsecond)
    return due + _DAY - timedelta(microseconds=1) if midnight else due


def judge(events: Events, as_of: datetime, counting: Counting) -> Judgement:
    """How the dossier counts at `as_of`."""
    end, at = end_of(events, as_of)
    settled = end in (End.DONE, End.RETURNED, End.CLOSED)
    if events.supplements > counting.most_supplements:
        return Judgement(Outcome.OVERDUE if settled else Outcome.OPEN_OVERDUE, end, at)
    if events.due is None:
        return Judgement(Outcome.UNDATED if settled else Outcome.OPEN_UNDATED, end, at)
    counted = at - events.waited
    in_time = counted <= due_moment(events.due)
    if not settled:
        return Judgement(Outcome.OPEN if in_time else Outcome.OPEN_OVERDUE, end, at)
    if not in_time:
        return Judgement(Outcome.OVERDUE, end, at)
    return Judgement(Outcome.EARLY if is_early(counted, events.due, counting.early) else Outcome.ON_TIME, end, at)


def is_early(counted: datetime, due: datetime, early: Early) -> bool:
    """By DAY: on a day before the due day. By MINUTE: any time before a due moment with a clock."""
    if early is Early.DAY or due_moment(due) != due:
        return counted.date() < due.date()
    return counted < due
