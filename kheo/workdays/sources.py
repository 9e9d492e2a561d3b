"""Where units lie, told from above: `organizations` registers itself, this room stands below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol


class Places(Protocol):
    """What the calendar must know of units."""

    def above(self, unit_id: int, day: date) -> list[int]:
        """The unit and all units above it on a day, the nearest first."""

    def name(self, unit_id: int, day: date) -> str:
        """Its name on a day."""

    def is_province(self, unit_id: int, day: date) -> bool:
        """Whether it is a province, or a city of that rank, on a day."""

    def find(self, slug: str) -> int | None:
        """The number of the unit with that address."""

    def areas(self, day: date, within: Iterable[int] | None = None) -> list[tuple[int, str, str]]:
        """(number, address, name) of areas in force on a day, only those of `within` when given."""


class _Nowhere:
    """No units are known: only what holds for the whole country applies."""

    def above(self, unit_id: int, day: date) -> list[int]:
        return [unit_id]

    def name(self, unit_id: int, day: date) -> str:
        return ""

    def is_province(self, unit_id: int, day: date) -> bool:
        return False

    def find(self, slug: str) -> int | None:
        return None

    def areas(self, day: date, within: Iterable[int] | None = None) -> list[tuple[int, str, str]]:
        return []


_places: list[Places] = [_Nowhere()]


def register(places: Places) -> None:
    """Let the room of units answer from now on."""
    _places[0] = places


def places() -> Places:
    """Who answers about units."""
    return _places[0]
