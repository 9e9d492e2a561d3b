"""What can be found: kinds of documents, told by the rooms that own them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Lead:
    """Where an old thing went: shown under the hit as a link (a former ward and its successor)."""

    label: str
    address: str
    on: date | None = None


@dataclass(frozen=True)
class Document:
    """One thing that can be found, in the words and at the address the public knows.

    `body` is searched and quoted; `also` holds other names it is searched by (former names) without
    being quoted. `unit` is the slug of the unit it belongs to, for the filter. `date` orders equal
    hits, newest first. `language` and `site` stay empty for what every reader of every site sees.
    """

    title: str
    address: str
    body: str = ""
    also: tuple[str, ...] = ()
    date: date | None = None
    unit: str = ""
    unit_name: str = ""
    leads: tuple[Lead, ...] = ()
    language: str = ""
    site: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of documents.

    `public()` are the rows anyone may read, with what `document(row)` needs fetched along; nothing
    else ever enters the index. `follows` names models whose change alters the document of another
    row: model → function of its row giving the numbers of the rows to index again.
    """

    code: str
    label: Any
    model: type[Model]
    public: Callable[[], QuerySet[Any]]
    document: Callable[[Any], Document]
    follows: Mapping[type[Model], Callable[[Any], Iterable[int]]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """16 bits made of the code, part of the index rows' own numbers."""
        return zlib.crc32(self.code.encode()) & 0xFFFF


KINDS: dict[str, Kind] = {}
"""Every registered kind by its code, in the order of registration."""
