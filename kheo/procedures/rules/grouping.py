"""Small numbers of sensitive procedures are published together with others.

In a small ward "two certificates of disability on the 5th" names people. A cell is the number of
dossiers of one procedure of one unit in one period. Sensitive cells below `least` are merged; when
the merged row would still be small, or would hold one procedure only, so that the total gives it
back, further cells join: other sensitive ones first, then the smallest. Every public table is made
from the merged rows, so no difference of two tables gives back what one of them hides.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many dossiers, whether the procedure tells something private, and the smallest number of a
    single month where the period is longer: beside the tables of its months it must not name more."""

    count: int
    sensitive: bool
    smallest: int | None = None

    def is_small(self, least: int) -> bool:
        """Whether it must not be published alone."""
        return self.sensitive and (self.count if self.smallest is None else self.smallest) < least


def merged(cells: Mapping[K, Cell], least: int) -> frozenset[K]:
    """The keys to publish as one row; empty when nothing is small. All of them when the whole unit
    is too small to hide in."""
    filled = {key: cell for key, cell in cells.items() if cell.count > 0}
    chosen = {key for key, cell in filled.items() if cell.is_small(least)}
    if not chosen:
        return frozenset()
    order = sorted(
        (key for key in filled if key not in chosen),
        key=lambda key: (not filled[key].sensitive, filled[key].count, str(key)),
    )
    size = sum(filled[key].count for key in chosen)
    for key in order:
        if size >= least and len(chosen) >= 2:
            break
        chosen.add(key)
        size += filled[key].count
    return frozenset(chosen)


def is_sensitive(name_folded: str, words: tuple[str, ...]) -> bool:
    """True when the folded name of a procedure holds one of the folded words."""
    padded = f" {name_folded} "
    return any(f" {word} " in padded for word in words)
