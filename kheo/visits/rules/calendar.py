"""The five figures of the counter: which days each of them covers, and what must hold between them.

A week is Monday to Sunday, a month is a calendar month, both up to the day asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kheo.core.rules.dates import month_bounds, week_bounds

KEYS = ("today", "yesterday", "week", "month", "all")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from first to last, both included; `first` None is the beginning of counting."""

    first: date | None
    last: date


def stretches(day: date) -> dict[str, Stretch]:
    """The days of each figure as of `day`."""
    yesterday = day - timedelta(days=1)
    return {
        "today": Stretch(day, day),
        "yesterday": Stretch(yesterday, yesterday),
        "week": Stretch(week_bounds(day)[0], day),
        "month": Stretch(month_bounds(day)[0], day),
        "all": Stretch(None, day),
    }


def week_reaches_back(day: date) -> bool:
    """True when the week of `day` began in the month before: only then may week exceed month."""
    return week_bounds(day)[0] < month_bounds(day)[0]


def contradictions(day: date, values: Mapping[str, int]) -> list[str]:
    """Codes of what cannot be, empty when the five figures agree with the calendar.

    For figures from anywhere: our own rollups, or the page of an older portal.
    """
    monday, first = week_bounds(day)[0], month_bounds(day)[0]
    both = values["today"] + values["yesterday"]
    rules = {
        "today_over_week": values["today"] > values["week"],
        "today_over_month": values["today"] > values["month"],
        "two_days_over_week": day > monday and both > values["week"],
        "two_days_over_month": day > first and both > values["month"],
        "week_over_month": values["week"] > values["month"] and not week_reaches_back(day),
        "month_over_week": values["month"] > values["week"] and first >= monday,
        "part_over_all": max(values["week"], values["month"], both) > values["all"],
    }
    return [code for code, broken in rules.items() if broken]


def weekdays_that_fit(values: Mapping[str, int], first: date, last: date) -> list[date]:
    """The days in the range on which these five figures could have been read."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if not contradictions(day, values)]
