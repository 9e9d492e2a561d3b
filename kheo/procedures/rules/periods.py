"""Periods of reporting and their cut-off days, to be kept as rows with explicit first and last day.

The control of procedures reports to the 14th: a month runs from the 15th of the month before, a
quarter closes on the 14th of its last month. Other tables follow the calendar. Which is used is a
row of the period table, never arithmetic at the time of counting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kheo.core.rules.dates import VIETNAM
from kheo.core.rules.periods import Period

CALENDAR, CONTROL = "calendar", "control"
CUT_OFF = 14


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included."""

    first: date
    last: date


def span(period: Period, scheme: str, *, cut_off: int = CUT_OFF) -> Span:
    """The days of a period under a scheme: the calendar's own, or from the day after the cut-off of
    the month before its first month to the cut-off of its last month."""
    if scheme == CALENDAR:
        return Span(period.first, period.last)
    before = (period.first - timedelta(days=1)).replace(day=cut_off)
    return Span(before + timedelta(days=1), period.last.replace(day=cut_off))


def as_of(last: date, now: datetime) -> datetime:
    """The instant a table of the period speaks of: its last second, or now while it still runs."""
    closing = datetime.combine(last, time(23, 59, 59), VIETNAM)
    return min(closing, now)
