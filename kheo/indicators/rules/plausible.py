"""What looks wrong with a typed figure: not refused, but a reason is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal

from kheo.indicators.rules.readings import Reading

Doubt = Literal["far_from_last", "outlier"]
JUMP = Decimal("0.5")
JUMP_POINTS = Decimal(20)
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Concern:
    """A doubt and the figure it was compared with."""

    code: Doubt
    compared: Decimal


def impossible(reading: Reading, *, share: bool, whole: Decimal = Decimal(100)) -> str:
    """The code of what cannot be: a negative count, more counted than there is. Empty when it can.

    `whole` is the value of a share of everything: 100 for per cent.
    """
    for number in (reading.numerator, reading.denominator):
        if number is not None and number < 0:
            return "figure_negative"
    both = reading.numerator is not None and reading.denominator is not None
    if share and both and reading.numerator > reading.denominator:  # type: ignore[operator]
        return "figure_more_than_all"
    if share and reading.value is not None and not 0 <= reading.value <= whole:
        return "figure_beyond_share"
    return ""


def doubts(value: Decimal | None, *, last: Decimal | None, others: Sequence[Decimal], percent: bool) -> list[Concern]:
    """Far from the last period (half as much again, or 20 points), or far from the other units."""
    if value is None:
        return []
    found: list[Concern] = []
    if last is not None and _jumps(value, last, percent):
        found.append(Concern("far_from_last", last))
    if len(others) >= ENOUGH:
        middle = median(others)
        spread = median([abs(v - middle) for v in others])
        if spread and abs(value - middle) > 8 * spread:
            found.append(Concern("outlier", middle))
    return found


def _jumps(value: Decimal, last: Decimal, percent: bool) -> bool:
    if percent:
        return abs(value - last) > JUMP_POINTS
    if last == 0:
        return False
    return abs(value - last) > max(abs(last) * JUMP, Decimal(3))
