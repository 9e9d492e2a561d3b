"""Half-open spans of days: [start, end). An open end is None."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Interval:
    """From `start` up to, not including, `end`."""

    start: date
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """True when the day lies inside."""
        return self.start <= day and (self.end is None or day < self.end)


def overlap(first: Interval, second: Interval) -> bool:
    """True when the two share a day. Meeting (one ends where the other starts) is no overlap."""
    return (second.end is None or first.start < second.end) and (first.end is None or second.start < first.end)


def first_gap(wanted: Interval, covering: Iterable[Interval]) -> date | None:
    """The first day of `wanted` that no covering interval holds; None when all are covered."""
    reached = wanted.start
    for span in sorted(covering, key=lambda found: found.start):
        if span.start > reached:
            break
        if span.end is None:
            return None
        reached = max(reached, span.end)
        if wanted.end is not None and reached >= wanted.end:
            return None
    return reached
