"""The calendar of milestones of all open cycles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone

from kheo.core.rules.icalendar import Event, icalendar
from kheo.movements import queries as movements
from kheo.movements import rules
from kheo.movements.models import Cycle, Milestone


@dataclass(frozen=True)
class Day:
    """One dated event: a step opens, its on-time limit, or its lock."""

    on: date
    what: str  # opens | closes | locks
    milestone: Milestone
    window: rules.Window


def agenda(*, year: int | None = None) -> list[tuple[date, list[Day]]]:
    """Events of open cycles by month (first of the month, events in order); of one year if given."""
    days = sorted(_days(), key=lambda d: (d.on, d.milestone.pk))
    if year is not None:
        days = [d for d in days if d.on.year == year]
    return [(month, list(found)) for month, found in groupby(days, key=lambda d: d.on.replace(day=1))]


def years() -> list[int]:
    """Years in which open cycles have events, newest first."""
    return sorted({d.on.year for d in _days()}, reverse=True)


def _days() -> Iterator[Day]:
    today = timezone.localdate()
    steps = Milestone.objects.filter(cycle__closed_at__isnull=True).select_related("cycle__movement")
    for step in steps:
        window = movements.dates_of(step).window(today)
        yield Day(step.opens_on, "opens", step, window)
        yield Day(step.closes_on, "closes", step, window)
        if step.locks_on != step.closes_on:
            yield Day(step.locks_on, "locks", step, window)


def as_icalendar(cycles: list[Cycle], host: str) -> str:
    """On-time limits and locks as an iCalendar file for a telephone's calendar."""
    events = [_event(day) for _month, days in agenda() for day in days if day.milestone.cycle in cycles]
    return icalendar(events, host=host, stamp=timezone.now())


def _event(day: Day) -> Event:
    words: dict[str, Any] = {"opens": "mở", "closes": "hạn đúng hạn", "locks": "khóa"}
    return Event(f"milestone-{day.milestone.pk}-{day.what}", day.on, f"{day.milestone} ({words[day.what]}), {day.milestone.cycle}")
