"""Inspections without a database: the lifecycle, coverage, deadlines' state, reminders, points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What kind of check: by a superior body, supervision, by the unit itself, or both together."""

    INSPECTION = "inspection"
    SUPERVISION = "supervision"
    SELF = "self"
    COMBINED = "combined"


class State(StrEnum):
    """How far one check is."""

    DRAFT = "draft"
    PLANNED = "planned"
    HELD = "held"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Step:
    """A verb: from which states, to which, and which roles carry it out ("registrant": the unit itself)."""

    sources: frozenset[State]
    target: State
    roles: tuple[str, ...]


BODY = ("receiver", "evaluator", "leader")
OFFICE = ("receiver", "leader")
TRANSITIONS: dict[str, Step] = {
    "hold": Step(frozenset({State.PLANNED, State.HELD}), State.HELD, BODY),
    "conclude": Step(frozenset({State.HELD, State.SUBMITTED}), State.CONCLUDED, OFFICE),
    "cancel": Step(frozenset({State.PLANNED}), State.CANCELLED, OFFICE),
    "submit": Step(frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED, ("registrant",)),
    "return": Step(frozenset({State.SUBMITTED}), State.RETURNED, OFFICE),
}
DONE = frozenset({State.HELD, State.SUBMITTED, State.CONCLUDED})
"""A check in one of these has taken place: it counts for coverage."""


class FindingState(StrEnum):
    """What became of a finding."""

    OPEN = "open"
    REPORTED = "reported"  # the unit says it is mended; the body has yet to look
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Check:
    """A check reduced to what coverage needs."""

    unit: int
    kind: Kind
    state: State
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Distinct units done of those active on the day `as_of`."""

    numerator: int
    denominator: int
    as_of: date

    @property
    def value(self) -> Decimal | None:
        """Per cent with one decimal, half up; None when there is no unit."""
        if not self.denominator:
            return None
        share = Decimal(self.numerator * 100) / self.denominator
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def done_units(checks: Iterable[Check], active: Collection[int], first: date, last: date, kinds: Collection[Kind] = ()) -> frozenset[int]:
    """The active units with a check that took place in the period, of one of the kinds (none named: any)."""
    return frozenset(
        check.unit for check in checks
        if check.unit in active and check.state in DONE and check.held_on is not None and first <= check.held_on <= last
        and (not kinds or check.kind in kinds)
    )


def coverage(checks: Iterable[Check], active: Collection[int], first: date, last: date, kinds: Collection[Kind] = ()) -> Coverage:
    """How many of the units active on `last` were done from `first` to `last`.

    A unit that was merged away before `last` is not among the active ones, so it counts neither as
    done nor as missing.
    """
    return Coverage(len(done_units(checks, active, first, last, kinds)), len(active), last)


def is_late(state: FindingState, due_on: date | None, closed_on: date | None, today: date) -> bool:
    """A finding past its deadline without having been closed by then."""
    if due_on is None:
        return False
    return (closed_on or today) > due_on if state == FindingState.CLOSED else today > due_on


def reminders_due(due_on: date, days_before: Iterable[int], sent: Collection[int], today: date) -> list[int]:
    """The rules (days before the due date; negative: after) whose date has come and that were not sent.

    However long the timer stood still, each rule comes up once: the dates that passed meanwhile are all
    given, the latest last.
    """
    wanted = {n for n in days_before if due_on - timedelta(days=n) <= today}
    return sorted(wanted - set(sent), reverse=True)


def final_points(sheets: Sequence[Decimal]) -> Decimal | None:
    """The mean of the evaluators' points for one criterion, half up to two decimals; None without any."""
    if not sheets:
        return None
    return (sum(sheets, Decimal(0)) / len(sheets)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def points_fault(points: Decimal, most: Decimal, step: Decimal) -> str:
    """"negative", "too_many" or "step" when points do not fit their criterion, else ""."""
    if points < 0:
        return "negative"
    if points > most:
        return "too_many"
    return "step" if points % step else ""


def grade(total: Decimal, grades: Sequence[tuple[Decimal, str]]) -> str:
    """The name of the highest grade whose least points are reached; "" below the lowest."""
    reached = [(least, name) for least, name in grades if total >= least]
    return max(reached)[1] if reached else ""
