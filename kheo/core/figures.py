"""Figures that a page may show without typing them: told by the rooms that count, asked by name.

A room registers a figure once, `register("practices.recognized", label, function)`; an editor picks
it in a page and the page shows what the function answers at the moment of rendering. A room with
many of them (indicators) registers a family: a function that lists codes and one that answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One figure with everything a reader needs to check it.

    `value` None means there is no figure yet; `digits` are shown after the decimal comma. `href` is
    the public address that lists the records behind it.
    """

    value: int | Decimal | None
    unit: Any = ""
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    as_of: date | datetime | None = None
    href: str = ""
    source: Any = ""
    percent: bool = False
    digits: int = 0


@dataclass(frozen=True)
class _Family:
    choices: Callable[[], Iterable[tuple[str, Any]]]
    answer: Callable[[str], Figure | None]


_figures: dict[str, tuple[Any, Callable[[], Figure]]] = {}
_families: dict[str, _Family] = {}


def register(code: str, label: Any, function: Callable[[], Figure]) -> None:
    """Offer one figure under `code` ("room.name")."""
    _figures[code] = (label, function)


def register_family(
    prefix: str, choices: Callable[[], Iterable[tuple[str, Any]]], answer: Callable[[str], Figure | None]
) -> None:
    """Offer many figures: `choices()` lists (code without the prefix, label), `answer(code)` gives one."""
    _families[prefix] = _Family(choices, answer)


def choices() -> list[tuple[str, Any]]:
    """Every figure an editor may pick: (code, label)."""
    found = [(code, label) for code, (label, _function) in _figures.items()]
    for prefix, family in _families.items():
        found += [(f"{prefix}:{code}", label) for code, label in family.choices()]
    return found


def label(code: str) -> Any:
    """The words of a figure; the code itself when nobody offers it any more. Asks the figure's own family only."""
    if code in _figures:
        return _figures[code][0]
    prefix, _colon, rest = code.partition(":")
    family = _families.get(prefix)
    return dict(family.choices()).get(rest, code) if family else code


def answer(code: str) -> Figure | None:
    """The figure as it is now; None when nobody offers that code any more."""
    if code in _figures:
        return _figures[code][1]()
    prefix, _colon, rest = code.partition(":")
    family = _families.get(prefix)
    return family.answer(rest) if family else None
