"""Dates that hang on the calendar: rooms above register how to list and how to compute them anew.

    from kheo.workdays import dependents
    dependents.register("procedures.due", _("Due dates of dossiers"), preview, recompute)

`preview(calendar_of)` yields a Move for each stored date that `calendar_of(unit, on)` would now give
differently; `recompute(calendar_of, by)` writes them, in its own transaction, and returns how many.
Nothing moves by itself: an officer gives the command and it is logged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kheo.workdays.rules import Calendar

CalendarOf = Callable[[Any, date], Calendar]


@dataclass(frozen=True)
class Move:
    """A stored date that would change: of what, where it is, from which day to which."""

    label: str
    href: str
    before: date
    after: date


@dataclass(frozen=True)
class Dependent:
    """One kind of stored date."""

    code: str
    label: Any
    preview: Callable[[CalendarOf], Iterable[Move]]
    recompute: Callable[[CalendarOf, Any], int]


_registered: dict[str, Dependent] = {}


def register(
    code: str, label: Any, preview: Callable[[CalendarOf], Iterable[Move]], recompute: Callable[[CalendarOf, Any], int]
) -> None:
    """Make a kind of date known; the same code again replaces it."""
    _registered[code] = Dependent(code, label, preview, recompute)


def registered() -> list[Dependent]:
    """All kinds, in order of registration."""
    return list(_registered.values())
