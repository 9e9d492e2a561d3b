"""What waits for a person, told by the rooms that know it and shown by the desk.

A room registers one function of the person and the day; the desk and the daily letter call them
all. Nothing is stored: a line is gone when the record's state has moved on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Task:
    """One record that waits: where, since when, until when (None: no date set), whether that has passed."""

    title: str
    href: str
    where: str = ""
    note: str = ""
    since: date | datetime | None = None
    due: date | None = None
    late: bool = False


@dataclass(frozen=True)
class Waiting:
    """One kind of work that waits for a person, with its most pressing items."""

    code: str
    title: Any
    count: int
    late: int
    due: date | None
    href: str
    tasks: list[Task] = field(default_factory=list)


Source = Callable[[Any, date], Iterable[Waiting]]
_sources: dict[str, Source] = {}


def register(room: str, source: Source) -> None:
    """Let a room say what waits: `source(user, day)` gives kinds of work, none where nothing waits."""
    _sources[room] = source


def waiting_for(user: Any, day: date) -> list[Waiting]:
    """What all registered rooms say, the late kinds first."""
    found = [kind for source in _sources.values() for kind in source(user, day) if kind.count]
    return sorted(found, key=lambda kind: (-kind.late, kind.due or date.max))
