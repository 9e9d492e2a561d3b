"""Cards of records that a page may show: an article names a practice without knowing the registry.

A room registers a kind, `register("practice", label, find)`; `find(key)` takes what an editor typed
(an address of ours, a slug, a receipt number) and answers with the public record's card, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Card:
    """What a card shows of one public record."""

    key: str
    title: str
    href: str
    meta: str = ""
    text: str = ""
    tag: str = ""


Find = Callable[[str], Card | None]
_kinds: dict[str, tuple[Any, Find]] = {}


def register(kind: str, label: Any, find: Find) -> None:
    """Offer the public records of one kind as cards."""
    _kinds[kind] = (label, find)


def choices() -> list[tuple[str, Any]]:
    """The kinds an editor may pick: (code, label)."""
    return [(kind, label) for kind, (label, _find) in _kinds.items()]


def find(kind: str, key: str) -> Card | None:
    """The card of the record that `key` names, when it is public; else None."""
    known = _kinds.get(kind)
    return known[1](key.strip()) if known else None
