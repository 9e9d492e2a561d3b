"""The arithmetic of points (plain Python): sheets, totals, the final score.

A missing score is never the same as 0. All rounding is half-up, as in official tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# Evaluators whose totals lie further apart than this (in points of 100) are asked to look again.
WIDE_SPREAD = Decimal(15)


@dataclass(frozen=True)
class Limit:
    """What one criterion allows."""

    criterion: int
    name: str
    most: Decimal
    step: Decimal
    required: bool = True


@dataclass(frozen=True)
class Fault:
    """Why a score cannot stand: the criterion, a code, and the words' parameters."""

    criterion: int
    code: str  # missing | out_of_range | off_step | unknown


def half_up(value: Decimal) -> Decimal:
    """Two decimals, half away from zero."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def faults(points: Mapping[int, Decimal | None], limits: Sequence[Limit]) -> list[Fault]:
    """Everything wrong with a sheet. A required criterion without points is missing; 0 is not."""
    found = [Fault(number, "unknown") for number in points if number not in {limit.criterion for limit in limits}]
    for limit in limits:
        given = points.get(limit.criterion)
        if given is None:
            if limit.required:
                found.append(Fault(limit.criterion, "missing"))
        elif not Decimal(0) <= given <= limit.most:
            found.append(Fault(limit.criterion, "out_of_range"))
        elif given % limit.step:
            found.append(Fault(limit.criterion, "off_step"))
    return found


def total(points: Mapping[int, Decimal | None]) -> Decimal:
    """The sum of the points given."""
    return sum((given for given in points.values() if given is not None), Decimal(0))


def final(totals: Sequence[Decimal], *, least: int) -> Decimal | None:
    """The mean of the evaluators' totals, two decimals half-up; None before enough have scored."""
    if len(totals) < max(least, 1):
        return None
    return half_up(sum(totals, Decimal(0)) / len(totals))


def mean_by_criterion(sheets: Sequence[Mapping[int, Decimal]]) -> dict[int, Decimal]:
    """The mean per criterion over the sheets that scored it."""
    numbers = {number for sheet in sheets for number in sheet}
    return {
        number: half_up(sum((s[number] for s in sheets if number in s), Decimal(0)) / sum(number in s for s in sheets))
        for number in numbers
    }


def is_wide(totals: Sequence[Decimal]) -> bool:
    """True when evaluators differ so much that somebody should look again."""
    return len(totals) > 1 and max(totals) - min(totals) > WIDE_SPREAD


def verdict(points: Decimal | None, *, recognized_from: Decimal, exemplary_from: Decimal) -> str:
    """"exemplary", "recognized", "below" or "open" (not enough evaluators yet)."""
    if points is None:
        return "open"
    if points >= exemplary_from:
        return "exemplary"
    return "recognized" if points >= recognized_from else "below"
