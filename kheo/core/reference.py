"""Reference lists: short tables that law or an office may change, kept as data and edited at the desk.

A room registers its list once; the desk shows, adds and changes rows, each change with a line in the
audit log. Rows are never deleted: records point at them. A list that knows validity dates ends a row
by its last date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class ReferenceList:
    """One list: its code in the address, its title and explanation, the columns people edit.

    `fixed` columns are written once, when the row is made (codes that addresses and imports use).
    """

    code: str
    title: Any
    explanation: Any
    model: type[Model]
    columns: tuple[str, ...]
    fixed: tuple[str, ...] = ("code",)


_lists: dict[str, ReferenceList] = {}


def register(found: ReferenceList) -> None:
    """Let the desk edit this list."""
    _lists[found.code] = found


def lists() -> list[ReferenceList]:
    """All lists in the order in which the rooms registered them."""
    return list(_lists.values())


def get(code: str) -> ReferenceList | None:
    """The list of that code."""
    return _lists.get(code)
