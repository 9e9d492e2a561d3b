"""What a reorganization is to do, as plain data that a page can keep between its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that the reorganization founds. `kind` is the code of an OrganizationKind."""

    name: str
    kind: str
    parent: int | None = None
    code: str = ""
    short_name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that takes over: one that exists (its number) or a new one."""

    existing: int | None = None
    new: NewUnit | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of a unit below a predecessor: it passes to `plan.successors[to]`, or ends (None).

    `name` renames it on the way: two groups of one name cannot stand in one ward (NĐ 185/2026/NĐ-CP).
    """

    unit: int
    to: int | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The new name, kind or code of a renamed unit; an empty text keeps what was."""

    name: str = ""
    kind: str = ""
    code: str | None = None
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One reorganization.

    `kind` is merge, split, rename, abolish or transfer; `on` is the first day of the new order.
    `partial` names predecessors that go on existing because only a part of them passes over.
    `change` belongs to rename, `to_parent` to transfer.
    """

    kind: str
    on: date
    predecessors: tuple[int, ...]
    successors: tuple[Successor, ...] = ()
    partial: frozenset[int] = frozenset()
    moves: tuple[Move, ...] = ()
    change: Change | None = None
    to_parent: int | None = None
    note: str = ""

    @property
    def existing_successors(self) -> frozenset[int]:
        """Numbers of the successors that exist before."""
        return frozenset(s.existing for s in self.successors if s.existing is not None)

    @property
    def closing(self) -> tuple[int, ...]:
        """The predecessors that end: not those that keep a part, nor one that takes the others in."""
        if self.kind in ("rename", "transfer"):
            return ()
        return tuple(p for p in self.predecessors if p not in self.partial and p not in self.existing_successors)

    def as_data(self) -> dict[str, Any]:
        """As JSON, to keep between the pages of the wizard."""
        data = asdict(self)
        data["on"] = self.on.isoformat()
        data["partial"] = sorted(self.partial)
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Plan:
        """The plan that as_data() wrote."""
        change = data.get("change")
        return cls(
            kind=data["kind"],
            on=date.fromisoformat(data["on"]),
            predecessors=tuple(data["predecessors"]),
            successors=tuple(
                Successor(s["existing"], NewUnit(**s["new"]) if s["new"] else None) for s in data["successors"]
            ),
            partial=frozenset(data["partial"]),
            moves=tuple(Move(**move) for move in data["moves"]),
            change=Change(**change) if change else None,
            to_parent=data.get("to_parent"),
            note=data.get("note", ""),
        )
