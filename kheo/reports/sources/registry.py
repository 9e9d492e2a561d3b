"""The registry of figure sources: each room's figures under one roof of tokens.

    @registry.source("mo_hinh", "Mô hình, điển hình")
    def figures(scope: Scope) -> Iterable[Figure]: ...

A source reads through the queries of its room and returns every token it knows, also those without
a value: a token that is known but has no figure says "chưa có số liệu"; an unknown one is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kheo.core.rules.periods import Period
from kheo.organizations.models import Organization
from kheo.reports.rules.figures import Figure


@dataclass(frozen=True)
class Scope:
    """What is counted: a unit with all below it as they were on `day`, over a period."""

    unit: Organization
    period: Period
    units: frozenset[int]
    day: date
    predecessors: bool = False
    """The unit did not exist in the period: its predecessors are counted."""
    cache: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)

    @property
    def whole_year(self) -> bool:
        """An annual report speaks of the cycle as it ended; an interim one of its last day."""
        return self.period.kind == "year"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what is written, its type for spreadsheets, the figure or page behind it."""

    text: str
    value: Any = None
    href: str = ""
    public: str | None = None
    """What anyone may read instead, where the text names a person."""


@dataclass(frozen=True)
class Table:
    """A table of a report. Annexes go on landscape pages of their own; others stand in the text."""

    code: str
    title: str
    columns: list[tuple[str, str, float]]  # heading, kind (text or number), share of the width
    rows: list[list[Cell]]
    annex: bool = False
    total: bool = False
    note: str = ""


Figures = Callable[[Scope], Iterable[Figure]]
Evidence = Callable[[Scope, str], "Table | None"]


@dataclass(frozen=True)
class Source:
    """One group of tokens."""

    code: str
    label: Any
    figures: Figures
    evidence: Evidence | None = None


_sources: dict[str, Source] = {}
_tables: dict[str, tuple[Any, Callable[[Scope, dict[str, Figure]], Table | None]]] = {}


def source(code: str, label: Any, evidence: Evidence | None = None) -> Callable[[Figures], Figures]:
    """Decorator: this function gives the figures of a group."""

    def keep(function: Figures) -> Figures:
        _sources[code] = Source(code, label, function, evidence)
        return function

    return keep


def table(code: str, label: Any) -> Callable[[Any], Any]:
    """Decorator: this function of (scope, figures) gives a table, or None where it would be empty."""

    def keep(function: Any) -> Any:
        _tables[code] = (label, function)
        return function

    return keep


def sources() -> list[Source]:
    """All groups in the order of registration."""
    return list(_sources.values())


def find(code: str) -> Source | None:
    """The group of a token's first part."""
    return _sources.get(code)


def rows_behind(token: str, scope: Scope) -> Table | None:
    """The rows that a figure was counted from; None where its group keeps none."""
    group, code = token.split(".", 1)
    found = find(group)
    return found.evidence(scope, code) if found and found.evidence else None


def table_labels() -> dict[str, Any]:
    """Code → words of every table."""
    return {code: label for code, (label, _function) in _tables.items()}


def make_table(code: str, scope: Scope, figures: dict[str, Figure]) -> Table | None:
    """One table by its code."""
    known = _tables.get(code)
    made: Table | None = known[1](scope, figures) if known else None
    return made
