"""Surveys without a database: when results may be published, and what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

SCALE = (1, 2, 3, 4, 5)
SATISFIED_FROM = 4


class Kind(StrEnum):
    """What is answered: five degrees, one of some choices, or words."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


def published(count: int, least: int) -> int:
    """How many of `count` answers the results speak of: whole groups of `least`, 0 below one group.

    Results that grew by single answers would tell what the last person answered.
    """
    return count - count % max(1, least)


@dataclass(frozen=True, slots=True)
class Share:
    """How many gave one answer."""

    label: str
    count: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question. `withheld`: fewer answers than may be published."""

    count: int
    shares: tuple[Share, ...] = ()
    mean: Decimal | None = None
    satisfied: Decimal | None = None
    withheld: bool = False


def result(kind: Kind, values: Iterable[int | None], labels: Sequence[str], least: int) -> Result:
    """Count the answers to one question; `values` are degrees (1–5) or positions of choices (from 1).

    A question that fewer than `least` people answered is withheld, as are words.
    """
    given = [value for value in values if value is not None]
    if kind == Kind.TEXT or len(given) < least:
        return Result(len(given), withheld=True)
    counts = Counter(given)
    total = len(given)
    shares = tuple(Share(label, counts[n], _percent(counts[n], total)) for n, label in enumerate(labels, start=1))
    if kind != Kind.SCALE:
        return Result(total, shares)
    mean = (Decimal(sum(given)) / total).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Result(total, shares, mean, _percent(sum(value >= SATISFIED_FROM for value in given), total))


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(part * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def is_open(opens_on: date, closes_on: date, closed: bool, day: date) -> bool:
    """Whether answers are taken on a day; both days included."""
    return not closed and opens_on <= day <= closes_on
