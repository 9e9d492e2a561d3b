"""The columns and identities of Biểu 06/VPCP/KSTT (TT 01/2020/TT-VPCP).

(3)=(4)+(5)+(6); (7)=(8)+(9)+(10); (11)=(12)+(13); (3)=(7)+(11); (6) of a period is (11) of the one
before; the rows add up to the total. Dossiers without a due moment stand in a column of their own:
they break (7) and (11) on purpose, so that the officer sees them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from kheo.core.rules.numbers import Ratio, ratio


@dataclass(frozen=True, slots=True)
class Counts:
    """One row of the table. All counts are of dossiers."""

    online: int = 0
    direct: int = 0
    carried: int = 0
    early: int = 0
    on_time: int = 0
    overdue: int = 0
    undated: int = 0
    open: int = 0
    open_overdue: int = 0
    open_undated: int = 0

    @property
    def received(self) -> int:
        """Column (3)."""
        return self.online + self.direct + self.carried

    @property
    def settled(self) -> int:
        """Column (7)."""
        return self.early + self.on_time + self.overdue + self.undated

    @property
    def pending(self) -> int:
        """Column (11)."""
        return self.open + self.open_overdue + self.open_undated

    @property
    def without_due(self) -> int:
        """Dossiers that cannot be judged, settled or not."""
        return self.undated + self.open_undated

    @property
    def on_time_rate(self) -> Ratio:
        """Settled early or on time, of all settled. No settled dossier: nothing arose."""
        return ratio(self.early + self.on_time, self.settled)

    @property
    def open_in_time_rate(self) -> Ratio:
        """Open and in time, of all open."""
        return ratio(self.open, self.pending)

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


NAMES = tuple(f.name for f in fields(Counts))
AT_START = frozenset({"carried"})
AT_END = frozenset({"open", "open_overdue", "open_undated"})
"""Columns that tell of one moment: of periods that follow each other, the first or the last one's counts."""


def total(rows: Iterable[Counts]) -> Counts:
    """The sum of rows."""
    found = Counts()
    for row in rows:
        found += row
    return found


def over_time(months: Iterable[Counts]) -> Counts:
    """Several periods that follow each other as one: carried over from before the first, settled in
    any of them, open at the end of the last."""
    parts = list(months)
    if not parts:
        return Counts()
    summed, first, last = total(parts), parts[0], parts[-1]
    return Counts(*(getattr(first if name in AT_START else last if name in AT_END else summed, name) for name in NAMES))


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that does not hold, with both sides; its words are for the officer."""

    identity: str
    left: int
    right: int


def broken(row: Counts, *, previous: Counts | None = None) -> list[Broken]:
    """The identities of one row that do not hold. `previous` is the period before, when known."""
    checks = [
        Broken("3=7+11", row.received, row.settled + row.pending),
        Broken("7=8+9+10", row.settled, row.early + row.on_time + row.overdue),
        Broken("11=12+13", row.pending, row.open + row.open_overdue),
    ]
    if previous is not None:
        checks.append(Broken("6=11", row.carried, previous.pending))
    return [check for check in checks if check.left != check.right]


def sums(rows: Iterable[Counts], whole: Counts) -> list[Broken]:
    """The columns whose rows do not add up to the total."""
    found = total(rows)
    return [
        Broken(f"sum:{name}", getattr(found, name), getattr(whole, name))
        for name in NAMES if getattr(found, name) != getattr(whole, name)
    ]
