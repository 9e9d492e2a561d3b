"""Cycles, milestones and criteria without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Window(StrEnum):
    """How a milestone stands on a day."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    LATE = "late"  # after the on-time limit, not yet locked: taken and marked late
    LOCKED = "locked"


@dataclass(frozen=True)
class Dates:
    """The four dates of a milestone, beside the period it speaks of."""

    opens_on: date
    closes_on: date
    locks_on: date

    def window(self, day: date) -> Window:
        """Where a day falls. The on-time limit and the lock day themselves still count."""
        if day < self.opens_on:
            return Window.NOT_OPEN
        if day <= self.closes_on:
            return Window.OPEN
        return Window.LATE if day <= self.locks_on else Window.LOCKED


def points_problem(maxima: Sequence[Decimal], total: Decimal) -> Decimal | None:
    """Σ max must equal the set's total: the difference when it does not, else None."""
    difference = sum(maxima, Decimal(0)) - total
    return difference if difference else None


def step_problem(points: Decimal, step: Decimal) -> bool:
    """True when points are not a whole number of steps (0 always fits)."""
    return points % step != 0


def months_between(start: date, end: date) -> int:
    """Whole months from start to end: 15/01 → 14/07 is 5, 15/01 → 15/07 is 6."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (1 if end.day < start.day else 0)
