"""Two texts side by side, what they share and what differs, for reading."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from kheo.core.rules.text import fold

LONGEST = 400  # paragraphs of a text that are compared


@dataclass(frozen=True)
class Piece:
    """One paragraph; `other` is True when the other text does not have it."""

    text: str
    other: bool


def side_by_side(first: str, second: str) -> tuple[list[Piece], list[Piece]]:
    """The paragraphs of both texts; those without an equal on the other side are marked."""
    left, right = first.splitlines()[:LONGEST], second.splitlines()[:LONGEST]
    matcher = SequenceMatcher(None, [fold(line) for line in left], [fold(line) for line in right], autojunk=False)
    same_left: set[int] = set()
    same_right: set[int] = set()
    for block in matcher.get_matching_blocks():
        same_left |= set(range(block.a, block.a + block.size))
        same_right |= set(range(block.b, block.b + block.size))
    return [Piece(line, n not in same_left) for n, line in enumerate(left)], [Piece(line, n not in same_right) for n, line in enumerate(right)]
