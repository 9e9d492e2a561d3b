"""One reading of an indicator and how readings of several units become one.

A ratio is added up from its numerators and denominators, never from its percentages. Missing is not
zero: a sum over units of which some are missing says how many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

State = Literal["known", "none_arising", "missing"]
SUM, RATIO, LAST, GROWTH = "sum", "ratio", "last", "growth"
AGGREGATIONS = (SUM, RATIO, LAST, GROWTH)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known for one unit and period; all None when nothing is."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def state(self) -> State:
        if self.denominator is not None and self.denominator == 0:
            return "none_arising"
        return "missing" if self.value is None else "known"


@dataclass(frozen=True, slots=True)
class Combined:
    """The figure over several units, with how many of them have said theirs."""

    reading: Reading
    known: int
    total: int

    @property
    def complete(self) -> bool:
        return self.known == self.total

    @property
    def value(self) -> Decimal | None:
        return self.reading.value


def ratio(numerator: Decimal | None, denominator: Decimal | None, factor: Decimal = HUNDRED) -> Reading:
    """numerator ÷ denominator × factor; a denominator of 0 leaves the value empty ("không phát sinh")."""
    if numerator is None or denominator is None:
        return Reading(None, numerator, denominator)
    if denominator == 0:
        return Reading(None, numerator, denominator)
    return Reading(numerator * factor / denominator, numerator, denominator)


def growth(last: Decimal | None, first: Decimal | None, years: int) -> Reading:
    """Average yearly growth in percent: ((last ÷ first)^(1 ÷ years) − 1) × 100.

    Values at constant prices. Without a positive first value there is no growth to speak of.
    """
    if last is None or first is None or years < 1:
        return Reading(None, last, first)
    if first == 0:
        return Reading(None, last, first)
    if first < 0 or last < 0:
        return Reading(None, last, first)
    with localcontext() as context:
        context.prec = 40
        root = (last / first) ** (Decimal(1) / years) if last else Decimal(0)
        return Reading(+((root - 1) * HUNDRED), last, first)


def combine(rule: str, readings: Iterable[Reading], *, factor: Decimal = HUNDRED, years: int = 1) -> Combined:
    """One figure of several units.

    sum: the values added. ratio: Σ numerators ÷ Σ denominators × factor. growth: from the sums of the
    last and first values. last: only a unit's own value counts, so several units have none together.
    """
    found = list(readings)
    said = [r for r in found if _said(rule, r)]
    if rule == LAST:
        single = said[0] if len(found) == 1 and said else Reading()
        return Combined(single, len(said), len(found))
    if not said:
        return Combined(Reading(), 0, len(found))
    if rule == SUM:
        made = Reading(sum((r.value for r in said if r.value is not None), Decimal(0)))
    else:
        above = sum((r.numerator for r in said if r.numerator is not None), Decimal(0))
        below = sum((r.denominator for r in said if r.denominator is not None), Decimal(0))
        made = growth(above, below, years) if rule == GROWTH else ratio(above, below, factor)
    return Combined(made, len(said), len(found))


def _said(rule: str, reading: Reading) -> bool:
    if rule in (RATIO, GROWTH):
        return reading.numerator is not None and reading.denominator is not None
    return reading.value is not None


def points(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The difference of two figures: percentage points for percentages, units otherwise."""
    return None if now is None or before is None else now - before
