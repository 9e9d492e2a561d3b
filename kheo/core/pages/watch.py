"""Notices every committed write, whoever makes it: ORM, bulk_create, update(), raw SQL, migrations.

Model signals are not enough (bulk_create and QuerySet.update send none), and transaction.on_commit is
not enough (an earlier hook that fails swallows the later ones). So each connection's statements are
read, and its COMMIT is wrapped: the ledger rests around it and moves on before the writer is told
that the commit is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from kheo.core.pages import ledger
from kheo.core.pages.rules import statements

EXEMPT: set[str] = set()
"""Tables (or beginnings ending in `*`) that no stored page shows; config/pages.py fills it."""


class Watch:
    """The watch over one connection."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.written = False
        self.hidden = 0
        self._commit: Callable[[], None] = connection._commit  # type: ignore[attr-defined]
        self._rollback: Callable[[], None] = connection._rollback  # type: ignore[attr-defined]
        connection._commit = self.commit  # type: ignore[attr-defined]
        connection._rollback = self.rollback  # type: ignore[attr-defined]
        connection.execute_wrappers.insert(0, self.execute)

    def execute(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Remember a write inside a transaction; a write without one is its own commit."""
        if self.written and statements.commits(sql):
            with _ledger().commit():
                return execute(sql, params, many, context)
        if self.hidden or not statements.shows_on_pages(sql, EXEMPT):
            return execute(sql, params, many, context)
        if self.connection.in_atomic_block or not self.connection.autocommit:
            self.written = True
            return execute(sql, params, many, context)
        with _ledger().commit():
            return execute(sql, params, many, context)

    def commit(self) -> None:
        """COMMIT, and leave every kept page behind when the transaction wrote something shown."""
        if not self.written:
            self._commit()
            return
        with _ledger().commit():
            self._commit()
        self.written = False

    def rollback(self) -> None:
        """ROLLBACK: nothing was written after all."""
        self._rollback()
        self.written = False


def _ledger() -> ledger.Ledger:
    return ledger.open_ledger(Path(settings.KHEO_HOME))


def watches(connection: BaseDatabaseWrapper) -> list[Watch]:
    """The watch over a connection; empty where none was installed."""
    return [found for wrapper in connection.execute_wrappers if isinstance(found := getattr(wrapper, "__self__", None), Watch)]


def touch(connection: BaseDatabaseWrapper) -> None:
    """Say that the open transaction wrote something by a way no statement shows (COPY, a function)."""
    for watch in watches(connection):
        watch.written = True


@contextmanager
def unseen(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Around writes to rows that no public page can show, such as a draft that saves itself every few seconds.

    Only rows in a state that `queries.public()` leaves out; in doubt leave it away.
    """
    connection.ensure_connection()  # a new connection gets its watch
    found = watches(connection)
    for watch in found:
        watch.hidden += 1
    try:
        yield
    finally:
        for watch in found:
            watch.hidden -= 1


def attach(sender: Any, connection: BaseDatabaseWrapper, **_more: Any) -> None:
    """Watch a connection, once, however often it reconnects."""
    if not watches(connection):
        Watch(connection)


def install(exempt: Collection[str]) -> None:
    """Watch every connection of this process; `exempt` as in EXEMPT."""
    EXEMPT.update(exempt)
    # A module-level function: a weakly referenced handler would be collected and every page stale.
    connection_created.connect(attach, dispatch_uid="kheo.core.pages.watch")
