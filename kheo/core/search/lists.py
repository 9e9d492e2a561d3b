"""Joining the inverted lists: which documents hold these tokens, the newest first.

One function per database, the same answer from both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

NEWEST = (1 << 63) - 1

Part = Sequence[Sequence[str]]
"""Any of these, each all of its tokens. A token that ends in ``*`` stands for all that begin so."""


@dataclass(frozen=True)
class Wanted:
    """Parts that must all be met, within a span of row numbers (kheo.core.search.indexing.row_number)."""

    parts: tuple[Part, ...]
    low: int = 0
    high: int = NEWEST
    without: tuple[str, ...] = field(default=())
    """Tokens that must not occur."""


def numbers(wanted: Wanted, limit: int) -> list[int]:
    """The numbers of at most `limit` documents, newest first."""
    sql, arguments = _SELECT[connection.vendor](wanted)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*arguments, limit])
        return [row[0] for row in cursor.fetchall()]


def counted(wanted: Wanted, limit: int) -> tuple[list[int], int]:
    """The numbers as `numbers` gives them, and how many documents there are in all."""
    if connection.vendor == "sqlite":
        found = numbers(wanted, limit)
        return found, count(wanted) if len(found) == limit else len(found)
    rest, arguments = _postgresql(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT core_search_counted{rest}, %s)", [*arguments, limit])
        total, *rows = (row[0] for row in cursor.fetchall())
    return rows, total


def count(wanted: Wanted) -> int:
    """How many documents there are."""
    sql, arguments = _COUNT[connection.vendor](wanted)
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return int(cursor.fetchone()[0])


def _sqlite(wanted: Wanted) -> tuple[str, list[str | int]]:
    parts = [" OR ".join("(" + " AND ".join(map(_fts, one)) + ")" for one in part) for part in wanted.parts]
    expression = " AND ".join(f"({part})" for part in parts)
    for token in wanted.without:
        expression = f"({expression}) NOT {_fts(token)}"
    return "FROM core_search_fts WHERE core_search_fts MATCH %s AND rowid BETWEEN %s AND %s", [expression, wanted.low, wanted.high]


def _fts(token: str) -> str:
    return _quoted(token.removesuffix("*"), '"') + ("*" if token.endswith("*") else "")


def _postgresql(wanted: Wanted) -> tuple[str, list[str | int]]:
    parts = [" | ".join("(" + " & ".join(map(_lexeme, one)) + ")" for one in part) for part in wanted.parts]
    expression = " & ".join([*(f"({part})" for part in parts), *(f"!{_lexeme(token)}" for token in wanted.without)])
    return "(%s::tsquery, %s, %s", [expression, wanted.low, wanted.high]


def _lexeme(token: str) -> str:
    return _quoted(token.removesuffix("*").replace("\\", ""), "'") + (":*" if token.endswith("*") else "")


def _quoted(token: str, mark: str) -> str:
    return mark + token.replace(mark, mark * 2) + mark


def _select_sqlite(wanted: Wanted) -> tuple[str, list[str | int]]:
    rest, arguments = _sqlite(wanted)
    return f"SELECT rowid {rest} ORDER BY rowid DESC LIMIT %s", arguments


def _select_postgresql(wanted: Wanted) -> tuple[str, list[str | int]]:
    rest, arguments = _postgresql(wanted)
    return f"SELECT core_search_numbers{rest}, %s)", arguments


def _count_sqlite(wanted: Wanted) -> tuple[str, list[str | int]]:
    rest, arguments = _sqlite(wanted)
    return f"SELECT count(*) {rest}", arguments


def _count_postgresql(wanted: Wanted) -> tuple[str, list[str | int]]:
    rest, arguments = _postgresql(wanted)
    return f"SELECT core_search_count{rest})", arguments


_SELECT = {"sqlite": _select_sqlite, "postgresql": _select_postgresql}
_COUNT = {"sqlite": _count_sqlite, "postgresql": _count_postgresql}
