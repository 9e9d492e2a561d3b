"""Sites of the installation, told from above: which unit's people may edit which tree and media."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class SiteTree:
    """The page tree and the collection of media of one site, and the unit it speaks for (None: nobody's yet)."""

    name: str
    unit_id: int | None
    page_id: int
    collection_id: int | None


_source: list[Callable[[], list[SiteTree]]] = []


def register_sites(source: Callable[[], list[SiteTree]]) -> None:
    """Let `source` say which sites have been founded for units; none: everybody edits the one tree."""
    _source[:] = [source]


def sites() -> list[SiteTree]:
    """All sites that have been founded for units."""
    return _source[0]() if _source else []
