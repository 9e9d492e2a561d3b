"""Points of the indicator set of QĐ 766/QĐ-TTg, item by item, with every step kept.

The items, their maximum and their way of counting are rows with a date and a document; here stand
only the ways of counting. Points are rounded half-up to two decimals, as the set does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from kheo.core.rules.numbers import half_up

Way = Literal["share", "target", "satisfaction"]
When = Literal["zero", "full", "left_out"]
DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the set. `target` is the share (0 to 1) that earns full points; `none` says what
    is given when nothing arose; `applies` is False for lines that a commune's level does not have."""

    code: str
    group: str
    name: str
    most: Decimal
    way: Way = "share"
    target: Decimal = Decimal(1)
    none: When = "zero"
    applies: bool = True
    source: str = "manual"

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Item:
        """From the JSON row of a formula's version."""
        return cls(
            code=row["code"], group=row["group"], name=row["name"], most=Decimal(str(row["most"])), way=row.get("way", "share"),
            target=Decimal(str(row.get("target", 1))), none=row.get("none", "zero"), applies=row.get("applies", True),
            source=row.get("source", "manual"),
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What was counted for an item; None where nobody has said."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An item with its points and how they came about. `points` is None when figures are missing."""

    item: Item
    given: Given
    state: Literal["counted", "none_arising", "missing", "not_applicable"]
    share: Decimal | None
    points: Decimal | None

    def as_dict(self) -> dict[str, Any]:
        """For the log of a score: everything needed to count again."""
        return {
            "code": self.item.code, "group": self.item.group, "name": self.item.name, "most": str(self.item.most), "way": self.item.way,
            "target": str(self.item.target), "state": self.state, "numerator": _text(self.given.numerator),
            "denominator": _text(self.given.denominator), "share": _text(self.share), "points": _text(self.points),
        }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def score_item(item: Item, given: Given) -> Line:
    """The points of one item.

    `share`: most × n/d. `target`: min(most; most × (n/d) / target). `satisfaction`: n counts what
    went wrong (overdue, complaints): r = 1 − n/d, then as `target`.
    """
    if not item.applies:
        return Line(item, given, "not_applicable", None, item.most)
    if given.numerator is None or given.denominator is None:
        return Line(item, given, "missing", None, None)
    if given.denominator == 0:
        points = {"zero": Decimal(0), "full": item.most, "left_out": None}[item.none]
        return Line(item, given, "none_arising", None, points)
    share = given.numerator / given.denominator
    if item.way == "satisfaction":
        share = 1 - share
    share = max(Decimal(0), min(Decimal(1), share))
    reached = share if item.way == "share" else min(Decimal(1), share / item.target)
    return Line(item, given, "counted", half_up(share, 6), half_up(item.most * reached, DECIMALS))


@dataclass(frozen=True, slots=True)
class Score:
    """The whole: points reached, points that could be reached with the figures at hand, the lines."""

    lines: tuple[Line, ...]

    @property
    def points(self) -> Decimal:
        """Sum over the items that could be counted."""
        return sum((line.points for line in self.lines if line.points is not None), Decimal(0))

    @property
    def most(self) -> Decimal:
        """The maximum of the items that could be counted."""
        return sum((line.item.most for line in self.lines if line.points is not None), Decimal(0))

    @property
    def missing(self) -> int:
        """How many items lack figures."""
        return sum(1 for line in self.lines if line.state == "missing")

    def groups(self) -> list[tuple[str, Decimal, Decimal, int]]:
        """(group, points, maximum of the group, items without figures) in the order of the set."""
        found: dict[str, list[Any]] = {}
        for line in self.lines:
            row = found.setdefault(line.item.group, [Decimal(0), Decimal(0), 0])
            row[0] += line.points or Decimal(0)
            row[1] += line.item.most
            row[2] += line.state == "missing"
        return [(group, row[0], row[1], row[2]) for group, row in found.items()]


def score(items: Iterable[Item], given: Mapping[str, Given]) -> Score:
    """Count every item; one without an entry in `given` is missing."""
    return Score(tuple(score_item(item, given.get(item.code, Given())) for item in items))
