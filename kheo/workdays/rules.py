"""Working days and working hours, with the working shown. Plain Python: no database, no clock.

Counting follows article 147 of the Civil Code: the day of the event is not counted, the count
starts on the following day, and a limit whose last day is a day off ends on the next working day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import VIETNAM

MOST_DAYS = 5_000
ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a dated entry of the calendar makes of its day."""

    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"  # the next working day for a holiday that fell on a day off
    SWAP_OFF = "swap_off"  # a working day turned off ...
    SWAP_WORK = "swap_work"  # ... for a day off that is worked instead


class Reason(StrEnum):
    """Why a day was skipped; the kinds of dated days and two of the weekly pattern."""

    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAP_OFF = "swap_off"
    WEEKEND = "weekend"
    HALF_DAY = "half_day"


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of work inside one day, from `start` until `end`."""

    start: time
    end: time

    @property
    def minutes(self) -> int:
        """Its length."""
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


@dataclass(frozen=True, slots=True)
class Pattern:
    """The week from `valid_from` until (not including) `valid_to`: sessions of Monday … Sunday.

    A day with less than three quarters of the longest day is a half day. It always counts for
    limits in hours; for limits in days only when `half_days_count`.
    """

    valid_from: date
    valid_to: date | None
    week: tuple[tuple[Session, ...], ...]
    half_days_count: bool = False

    def covers(self, day: date) -> bool:
        """True when this week holds on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def is_half(self, weekday: int) -> bool:
        """True for a day of the week that is worked only in part."""
        minutes = [sum(session.minutes for session in day) for day in self.week]
        return 0 < minutes[weekday] * 4 < 3 * max(minutes)


_MORNING, _AFTERNOON = Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 30))
FIVE_DAYS = Pattern(date.min, None, ((_MORNING, _AFTERNOON),) * 5 + ((), ()))
"""Eight hours on five days: what holds where no pattern is written."""


@dataclass(frozen=True, slots=True)
class Day:
    """A dated entry: what kind, what it is called, which document says so (in words)."""

    on: date
    kind: DayKind
    name: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was not counted, and why."""

    on: date
    reason: Reason
    name: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """Why an answer may still change: "undecided_year" (year) or "proposal" (on, name)."""

    code: str
    year: int
    on: date | None = None
    name: str = ""


@dataclass(frozen=True)
class Answer:
    """A computed date with its working.

    `count` is in days, or in minutes when `start_at` and `end_at` are set. `skipped` are the days
    between start and end that were not counted, in order.
    """

    start: date
    end: date
    count: int
    skipped: tuple[Skipped, ...] = ()
    cautions: tuple[Caution, ...] = ()
    start_at: datetime | None = None
    end_at: datetime | None = None

    @property
    def certain(self) -> bool:
        """True when nothing undecided lies between start and end."""
        return not self.cautions


@dataclass(frozen=True)
class Calendar:
    """The days and weeks that hold for one unit.

    `patterns` stand in order of precedence: the first that covers a day gives its week.
    `decided_years` are those whose days off are all decided; any other year brings a caution.
    """

    patterns: tuple[Pattern, ...] = (FIVE_DAYS,)
    days: Mapping[date, Day] = field(default_factory=dict)
    proposed: Mapping[date, tuple[Day, ...]] = field(default_factory=dict)
    decided_years: frozenset[int] = frozenset()
    _years: dict[int, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def pattern_on(self, day: date) -> Pattern:
        """The week that holds on a day; before the first one that one is taken."""
        for pattern in self.patterns:
            if pattern.covers(day):
                return pattern
        return min(self.patterns, key=lambda pattern: pattern.valid_from, default=FIVE_DAYS)

    def sessions(self, day: date) -> tuple[Session, ...]:
        """When work is done on a day. A swapped-in day is worked like the longest day of the week."""
        entry, pattern = self.days.get(day), self.pattern_on(day)
        if entry is not None and entry.kind != DayKind.SWAP_WORK:
            return ()
        if entry is not None:
            return max(pattern.week, key=lambda sessions: sum(s.minutes for s in sessions))
        return pattern.week[day.weekday()]

    def counts(self, day: date) -> bool:
        """True when the day counts in a limit of working days."""
        return self.skip(day) is None

    def skip(self, day: date) -> Skipped | None:
        """Why a day does not count in a limit of working days; None when it does."""
        entry = self.days.get(day)
        if entry is not None:
            if entry.kind == DayKind.SWAP_WORK:
                return None
            return Skipped(day, Reason(entry.kind.value), entry.name, entry.basis)
        pattern = self.pattern_on(day)
        if not pattern.week[day.weekday()]:
            return Skipped(day, Reason.WEEKEND)
        if pattern.is_half(day.weekday()) and not pattern.half_days_count:
            return Skipped(day, Reason.HALF_DAY)
        return None

    def working_ordinals(self, year: int) -> tuple[int, ...]:
        """The working days of a year as day numbers, computed once."""
        if year not in self._years:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            found = (n for n in range(first, last + 1) if self.counts(date.fromordinal(n)))
            self._years[year] = tuple(found)
        return self._years[year]

    def next_working_day(self, day: date) -> date:
        """The day itself when it is worked, else the first working day after it."""
        return day if self.counts(day) else due_date(day, 1, self)

    def cautions(self, first: date, last: date) -> tuple[Caution, ...]:
        """What is not decided between two days, both included."""
        years = [y for y in range(first.year, last.year + 1) if y not in self.decided_years]
        found = [Caution("undecided_year", year) for year in years]
        for on in sorted(self.proposed):
            if first <= on <= last and on not in self.days:
                found += [Caution("proposal", on.year, on, day.name) for day in self.proposed[on]]
        return tuple(dict.fromkeys(found))


def due_date(start: date, days: int, calendar: Calendar) -> date:
    """The date of `add_working_days` alone, quickly; for many rows at once."""
    _check(days)
    if days == 0:
        return calendar.next_working_day(start)
    year, left = start.year, days
    known = calendar.working_ordinals(year)
    position = bisect_right(known, start.toordinal())
    while position + left > len(known):
        left -= len(known) - position
        year, position = year + 1, 0
        if year - start.year > MOST_DAYS:
            raise InvalidInput(code="workdays_never", field="days")
        known = calendar.working_ordinals(year)
    return date.fromordinal(known[position + left - 1])


def add_working_days(start: date, days: int, calendar: Calendar) -> Answer:
    """The last day of a limit of `days` working days after an event on `start`.

    0 days end on the day itself, or on the next working day. Raises InvalidInput for a negative
    or absurd number.
    """
    return _shown(start, due_date(start, days, calendar), days, calendar)


def subtract_working_days(end: date, days: int, calendar: Calendar) -> Answer:
    """The inverse: the working day from which counting `days` working days ends on `end`.

    An end on a day off is taken as the working day before it.
    """
    _check(days)
    year, left = end.year, days + 1
    known = calendar.working_ordinals(year)
    position = bisect_right(known, end.toordinal())
    while left > position:
        left -= position
        year -= 1
        known = calendar.working_ordinals(year)
        position = len(known)
    return _shown(date.fromordinal(known[position - left]), end, days, calendar)


def working_days_between(start: date, end: date, calendar: Calendar) -> Answer:
    """How many working days lie after `start` up to and including `end`; negative when end is earlier."""
    first, last = min(start, end), max(start, end)
    count = 0
    for year in range(first.year, last.year + 1):
        known = calendar.working_ordinals(year)
        count += bisect_right(known, last.toordinal()) - bisect_left(known, first.toordinal() + 1)
    answer = _shown(first, last, count, calendar)
    if start <= end:
        return answer
    return Answer(start, end, -count, answer.skipped, answer.cautions)


def add_calendar_days(start: date, days: int, calendar: Calendar) -> Answer:
    """A limit in calendar days: every day counts, only a last day off moves to the next working day."""
    _check(days)
    last = start + timedelta(days=days)
    end = calendar.next_working_day(last)
    moved = tuple(_skips(last - ONE_DAY, end, calendar))
    return Answer(start, end, days, moved, calendar.cautions(start, end))


def counted_from(moment: datetime, calendar: Calendar, *, cutoff: time | None = None) -> date:
    """The day that counts as the day of receipt: past the cut-off, or on a day off, the next working day."""
    local = _local(moment)
    day = local.date()
    if cutoff is not None and local.time() >= cutoff and calendar.counts(day):
        return due_date(day, 1, calendar)
    return calendar.next_working_day(day)


def add_working_hours(start: datetime, hours: Decimal | int, calendar: Calendar) -> Answer:
    """The moment a limit of working hours ends; it runs only inside the sessions, from the moment itself."""
    minutes = _minutes(hours)
    at, left = _local(start), minutes
    while True:
        for session in calendar.sessions(at.date()):
            opens, closes = _at(at.date(), session.start), _at(at.date(), session.end)
            begin = max(at, opens)
            room = int((closes - begin).total_seconds() // 60)
            if begin < closes and left <= room:
                return _timed(start, begin + timedelta(minutes=left), minutes, calendar)
            left -= max(0, room)
        at = _at(at.date() + ONE_DAY, time.min)


def subtract_working_hours(end: datetime, hours: Decimal | int, calendar: Calendar) -> Answer:
    """The latest moment from which the limit of working hours ends at `end`."""
    minutes = _minutes(hours)
    at, left = _local(end), minutes
    day = at.date()
    while True:
        for session in reversed(calendar.sessions(day)):
            opens, closes = _at(day, session.start), min(_at(day, session.end), at)
            room = int((closes - opens).total_seconds() // 60)
            if opens < closes and left <= room:
                return _timed(closes - timedelta(minutes=left), end, minutes, calendar)
            left -= max(0, room)
        day -= ONE_DAY


def working_minutes_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Minutes of work between two moments; negative when the end is earlier."""
    first, last = sorted((_local(start), _local(end)))
    day, total = first.date(), 0
    while day <= last.date():
        for session in calendar.sessions(day):
            begin, close = max(first, _at(day, session.start)), min(last, _at(day, session.end))
            total += max(0, int((close - begin).total_seconds() // 60))
        day += ONE_DAY
    return total if start <= end else -total


def clash(days: Iterable[Day]) -> date | None:
    """The first day that two entries claim; None when each has its own."""
    seen: set[date] = set()
    for day in days:
        if day.on in seen:
            return day.on
        seen.add(day.on)
    return None


def _check(days: int) -> None:
    if days < 0:
        raise InvalidInput(code="workdays_negative", params={"days": days}, field="days")
    if days > MOST_DAYS:
        raise InvalidInput(code="workdays_too_many", params={"days": days, "limit": MOST_DAYS}, field="days")


def _minutes(hours: Decimal | int) -> int:
    if hours < 0:
        raise InvalidInput(code="workdays_negative", params={"days": hours}, field="hours")
    if hours > MOST_DAYS:
        raise InvalidInput(code="workdays_too_many", params={"days": hours, "limit": MOST_DAYS}, field="hours")
    return int(Decimal(hours) * 60)


def _skips(after: date, until: date, calendar: Calendar) -> Iterable[Skipped]:
    day = after + ONE_DAY
    while day <= until:
        reason = calendar.skip(day)
        if reason is not None:
            yield reason
        day += ONE_DAY


def _shown(start: date, end: date, count: int, calendar: Calendar) -> Answer:
    return Answer(start, end, count, tuple(_skips(start, end, calendar)), calendar.cautions(start, end))


def _timed(start: datetime, end: datetime, minutes: int, calendar: Calendar) -> Answer:
    first, last = _local(start), _local(end)
    days = (first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1))
    skipped = tuple(
        calendar.skip(day) or Skipped(day, Reason.WEEKEND) for day in days if not calendar.sessions(day)
    )
    cautions = calendar.cautions(first.date(), last.date())
    return Answer(first.date(), last.date(), minutes, skipped, cautions, first, last)


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM)
