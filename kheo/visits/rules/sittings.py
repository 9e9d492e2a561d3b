"""A visit: page views of one visitor on one day with no gap of more than 30 minutes.

The stretches of a visitor are kept, not only the last instant, so the number of visits does not
depend on the order in which hits are read: segments of several workers may be folded in any order,
late or in pieces, and the visits are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kheo.visits.rules.lines import OFFSET

GAP = 30 * 60
Stretch = tuple[int, int]
"""First and last second of one visit."""


def extend(stretches: Iterable[Stretch], seconds: Iterable[int]) -> list[Stretch]:
    """The stretches after these hits too, in order. Neighbours within GAP become one."""
    joined: list[Stretch] = []
    for first, last in sorted([*stretches, *((s, s) for s in seconds)]):
        if joined and first - joined[-1][1] <= GAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def starts_by_hour(stretches: Iterable[Stretch]) -> Counter[int]:
    """Hour of Vietnam (0–23) → visits that began in it."""
    return Counter((first + OFFSET) // 3600 % 24 for first, _last in stretches)


def hours_of(seconds: list[int]) -> list[int]:
    """The hour (0–23) of each visit in the hits of a whole day; the same as the starts of their stretches."""
    found: list[int] = []
    last = -GAP - 1
    for second in sorted(seconds):
        if second - last > GAP:
            found.append((second + OFFSET) // 3600 % 24)
        last = second
    return found


def gained(before: list[Stretch], after: list[Stretch]) -> Counter[int]:
    """Hour → visits more (or fewer: a late hit can join two visits into one)."""
    change = starts_by_hour(after)
    change.subtract(starts_by_hour(before))
    return Counter({hour: count for hour, count in change.items() if count})


def pack(stretches: Iterable[Stretch]) -> str:
    """As text for the database: ``1700000000+60 1700009000+0``."""
    return " ".join(f"{first}+{last - first}" for first, last in stretches)


def unpack(text: str) -> list[Stretch]:
    """The reverse of :func:`pack`."""
    found = []
    for part in text.split():
        first, length = part.split("+")
        found.append((int(first), int(first) + int(length)))
    return found
