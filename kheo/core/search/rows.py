"""Adding rows to the index the quick way of each database, and keeping its lists in shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from kheo.core.models import SearchEntry, SearchWord

_COLUMNS = ("id", "kind", "object_id", "date", "unit", "unit_name", "title", "address", "leads", "body", "digest", "tokens")
_COPY = "COPY core_searchentry (" + ", ".join(_COLUMNS) + ") FROM STDIN"
_INSERT = "INSERT INTO core_searchentry (" + ", ".join(_COLUMNS) + ") VALUES (" + ", ".join(["%s"] * len(_COLUMNS)) + ")"  # noqa: S608 our own names
_LOCK = 0x6B68656F  # one writer of the index at a time on PostgreSQL; SQLite has one by nature
_MERGED = 500


def lock() -> None:
    """Be the only one who writes the index until the running transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def add(entries: Iterable[SearchEntry]) -> None:
    """Insert rows that are not there yet."""
    values = [_values(entry) for entry in entries]
    if values:
        with connection.cursor() as cursor:
            _ADD[connection.vendor](cursor, values)


def _values(entry: SearchEntry) -> tuple[Any, ...]:
    return tuple(json.dumps(entry.leads) if name == "leads" else getattr(entry, name) for name in _COLUMNS)


def _copy(cursor: Any, values: list[tuple[Any, ...]]) -> None:
    with cursor.copy(_COPY) as copy:
        for row in values:
            copy.write_row(row)


def _insert(cursor: Any, values: list[tuple[Any, ...]]) -> None:
    dated = [tuple(value.isoformat() if name == "date" and value else value for name, value in zip(_COLUMNS, row, strict=True)) for row in values]
    cursor.executemany(_INSERT, dated)


_ADD = {"postgresql": _copy, "sqlite": _insert}


def add_words(spoken: Mapping[str, str]) -> None:
    """Remember words for near spellings; those that are known stay."""
    words = (SearchWord(word=word, bare=bare[:40]) for word, bare in sorted(spoken.items()))
    SearchWord.objects.bulk_create(words, batch_size=400, ignore_conflicts=True)


def tidy() -> None:
    """After many changes: join the small lists, and let the planner know the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT gin_clean_pending_list('core_search_list_vector')")
            cursor.execute("ANALYZE core_searchentry, core_search_list")
            return
        # In small steps, so that nobody who saves meanwhile waits long.
        cursor.execute("INSERT INTO core_search_fts(core_search_fts, rank) VALUES ('merge', %s)", [-_MERGED])
        for _step in range(2000):
            before = _changes(cursor)
            cursor.execute("INSERT INTO core_search_fts(core_search_fts, rank) VALUES ('merge', %s)", [_MERGED])
            if _changes(cursor) - before < 2:
                return


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])
