"""Open data: rooms say which of their tables are public, the portal offers them.

From one registration come the page below /du-lieu-mo/ with its dictionary, the files (CSV, JSON,
XLSX) with their checksums, the entry of the catalogue and the endpoints of /api/v1/datasets/.

    from kheo.core import datasets
    datasets.register(datasets.Dataset(
        code="bang-vang", title=_("Honour roll"), …, columns=(Column("name", _("Name"), "text", _("…")), …),
        records=lambda: queries.honourees_for_public(), values=values, updated=queries.updated_at))

Only what anyone may read belongs here: the registering room masks personal data before it hands
out a row. Dates are `date` and `datetime`, fractions `Decimal`; the files write them as ISO and with
a point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db import models
from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import override

from kheo.core import once

Value = str | int | Decimal | date | datetime | bool | None
ColumnKind = Literal["text", "code", "integer", "decimal", "percent", "date", "datetime", "boolean"]
Cycle = Literal["continuous", "day", "week", "month", "quarter", "year", "irregular"]

CC_BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True)
class Column:
    """One column: its code in files, its name, what kind of value it holds, what it means."""

    code: str
    name: Any
    kind: ColumnKind = "text"
    meaning: Any = ""

    def described(self) -> dict[str, str]:
        """The entry of the dictionary, in both languages whatever the reader's."""
        found = {"code": self.code, "type": self.kind}
        for language in ("vi", "en"):
            with override(language):
                found[f"name_{language}"] = str(self.name)
                found[f"description_{language}"] = str(self.meaning)
        return found


@dataclass(frozen=True)
class Latest:
    """When a table last changed, as the greatest date or moment of one field of some rows. Called, it asks for
    itself; `last_changes` asks for many tables at once."""

    rows: Callable[[], QuerySet[Any]]
    field: str

    def __call__(self) -> datetime | date | None:
        """The greatest value; None without rows."""
        found: datetime | date | None = self.rows().aggregate(last=Max(self.field))["last"]
        return found

    def named(self, code: str) -> QuerySet[Any]:
        """The code and the greatest value as text, as one row of a union."""
        named = self.rows().order_by().annotate(dataset=models.Value(code, TextField())).values("dataset")
        found: QuerySet[Any] = named.annotate(last=Cast(Max(self.field), TextField())).values_list("dataset", "last")
        return found


def _as_they_are(rows: Iterable[Any]) -> Iterable[Sequence[Value]]:
    return rows


@dataclass(frozen=True)
class Dataset:
    """One public table.

    `records()` gives a sliceable and countable collection in a stable order (a QuerySet with an
    order that names every row once, or a list); `values(part)` turns any slice of it into rows in
    the order of `columns`. Without `values` the records are the rows. `updated()` is when the data
    last changed (best a `Latest`), None when unknown. `owner()` names the body that answers for it; empty: the site's.
    `address` is the page where people see the same data, `basis` the document that asks for it.
    """

    code: str
    title: Any
    description: Any
    columns: tuple[Column, ...]
    records: Callable[[], Any]
    values: Callable[[Any], Iterable[Sequence[Value]]] = _as_they_are
    updated: Callable[[], datetime | date | None] = lambda: None
    cycle: Cycle = "continuous"
    owner: Callable[[], str] = lambda: ""
    licence: str = CC_BY[0]
    licence_url: str = CC_BY[1]
    address: Callable[[], str] = lambda: ""
    basis: Any = ""
    keywords: tuple[str, ...] = ()

    def count(self) -> int:
        """How many rows there are."""

        def counted() -> int:
            found = self._all()
            return len(found) if isinstance(found, Sequence) else int(found.count())

        return once.kept(("datasets.count", self.code), counted)

    def changed(self) -> datetime | date | None:
        """When the data last changed."""
        return once.kept(("datasets.changed", self.code), self.updated)

    def _all(self) -> Any:
        return once.kept(("datasets.records", self.code), self.records)

    def rows(self, start: int = 0, stop: int | None = None) -> Iterable[Sequence[Value]]:
        """The rows from `start` to before `stop`, in the stable order; texts in Vietnamese."""
        found = self._all()
        with override("vi"):
            yield from self.values(found if start == 0 and stop is None else found[start:stop])


_datasets: dict[str, Dataset] = {}


def register(dataset: Dataset) -> None:
    """Offer a table. Call it in a module that the room's AppConfig.ready() imports."""
    if len({column.code for column in dataset.columns}) != len(dataset.columns):
        raise ValueError(f"{dataset.code}: two columns share one code")
    _datasets[dataset.code] = dataset


def every() -> list[Dataset]:
    """All public tables, in the order of registration."""
    return list(_datasets.values())


def find(code: str) -> Dataset | None:
    """The table of that code."""
    return _datasets.get(code)


def last_changes() -> dict[str, datetime | date | None]:
    """Code → when each table last changed, in one query for all that are told by a `Latest`."""
    asked = {code: table.updated for code, table in _datasets.items()}
    found = {code: told() for code, told in asked.items() if not isinstance(told, Latest)}
    parts = [told.named(code) for code, told in asked.items() if isinstance(told, Latest)]
    rows = parts[0].union(*parts[1:], all=True) if parts else []
    return found | {code: _moment(last) for code, last in rows}


def _moment(written: str | None) -> datetime | date | None:
    """A date or moment as the database writes it as text; SQLite leaves out that it is UTC."""
    if not written:
        return None
    if len(written) == len("2023-11-05"):
        return date.fromisoformat(written)
    read = datetime.fromisoformat(written)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
