"""Whether a target is met: exceeded, met, not met, or no data (counted, and shown apart)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from kheo.core.rules.numbers import half_up

Result = Literal["exceeded", "met", "not_met", "no_data"]
AT_LEAST, AT_MOST, EQUAL, RANGE = "ge", "le", "eq", "range"
COMPARATORS = (AT_LEAST, AT_MOST, EQUAL, RANGE)
GOOD: tuple[Result, ...] = ("exceeded", "met")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result and how far the value lies from the target; a positive margin is on the good side."""

    result: Result
    margin: Decimal | None


def judge(comparator: str, wanted: Decimal, upper: Decimal | None, value: Decimal | None, decimals: int = 1) -> Outcome:
    """Compare a value with its target, both as they are shown: 92,86 shown as 92,9 meets 92,9."""
    if value is None:
        return Outcome("no_data", None)
    shown, goal = half_up(value, decimals), wanted
    if comparator == AT_LEAST:
        return _sided(shown - goal)
    if comparator == AT_MOST:
        return _sided(goal - shown)
    if comparator == EQUAL:
        return Outcome("met" if shown == goal else "not_met", -abs(shown - goal))
    top = goal if upper is None else upper
    if goal <= shown <= top:
        return Outcome("met", min(shown - goal, top - shown))
    return Outcome("not_met", shown - goal if shown < goal else top - shown)


def _sided(margin: Decimal) -> Outcome:
    if margin > 0:
        return Outcome("exceeded", margin)
    return Outcome("met" if margin == 0 else "not_met", margin)


def pro_rata(wanted: Decimal, first: date, last: date, day: date) -> Decimal:
    """The part of a target for what adds up over a period that is due by a day (in days, both ends counted)."""
    if day < first:
        return Decimal(0)
    whole = (last - first).days + 1
    passed = min((day - first).days + 1, whole)
    return wanted * passed / whole


@dataclass(frozen=True, slots=True)
class Tally:
    """"13/14": how many of all targets are met or exceeded, and how many have no data yet."""

    exceeded: int
    met: int
    not_met: int
    no_data: int

    @property
    def good(self) -> int:
        return self.exceeded + self.met

    @property
    def total(self) -> int:
        return self.good + self.not_met + self.no_data

    @property
    def percent(self) -> Decimal | None:
        return Decimal(self.good * 100) / self.total if self.total else None


def tally(results: list[Result]) -> Tally:
    """Count results."""
    return Tally(*(results.count(r) for r in ("exceeded", "met", "not_met", "no_data")))
