"""The tree of dated units: who stood below whom on a day, and what a unit answers for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

REFERENCE = re.compile(r"^(?P<code>[0-9A-Za-z.\-]{1,20})(?:@(?P<on>\d{4}-\d{2}-\d{2}))?$")


@dataclass(frozen=True)
class Span:
    """One version of a unit, reduced to what the tree needs."""

    organization: int
    parent: int | None
    start: date
    end: date | None

    def holds_on(self, day: date) -> bool:
        """Half-open: the end is the first day it no longer holds."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Passed:
    """On a date one unit (predecessor) passed into another (successor)."""

    predecessor: int
    successor: int
    on: date


def parse_reference(reference: str) -> tuple[str, date | None]:
    """`14812@2023-06-01` → (code, day); `381` → (code, None). ValueError when it is neither."""
    match = REFERENCE.match(reference.strip())
    if not match:
        raise ValueError(reference)
    on = match["on"]
    return match["code"], date.fromisoformat(on) if on else None


def subtree(spans: Iterable[Span], root: int, day: date | None = None) -> frozenset[int]:
    """The unit and everything below it on a day; with no day: on any day."""
    children: dict[int, set[int]] = defaultdict(set)
    for span in spans:
        if span.parent is not None and (day is None or span.holds_on(day)):
            children[span.parent].add(span.organization)
    found, waiting = {root}, [root]
    while waiting:
        for child in children[waiting.pop()] - found:
            found.add(child)
            waiting.append(child)
    return frozenset(found)


def reach(spans: list[Span], passed: list[Passed], root: int) -> frozenset[int]:
    """Every unit whose records the holder of a position at `root` answers for.

    That is everything ever below it, and everything below the units that passed into those; but a
    unit below a predecessor that itself passed to somebody else is left to that successor (the
    wards of an abolished town go to two new wards: each answers for its own part only).
    """
    children: dict[int, set[int]] = defaultdict(set)
    for span in spans:
        if span.parent is not None:
            children[span.parent].add(span.organization)
    successors: dict[int, set[int]] = defaultdict(set)
    predecessors: dict[int, set[int]] = defaultdict(set)
    for step in passed:
        successors[step.predecessor].add(step.successor)
        predecessors[step.successor].add(step.predecessor)
    found, waiting = {root}, [(root, False)]
    while waiting:
        unit, inherited = waiting.pop()
        below = {c for c in children[unit] if not inherited or not successors[c] or successors[c] & found}
        for other, by_succession in [*((c, inherited) for c in below), *((p, True) for p in predecessors[unit])]:
            if other not in found:
                found.add(other)
                waiting.append((other, by_succession))
    return frozenset(found)
