"""Telling the index what changed.

A row is indexed when the transaction that saved it commits, and leaves the index when it is no
longer in the kind's `public()` or is deleted. Rows written behind the model's back (`bulk_create`,
`QuerySet.update`) need `touch(kind, pks)` in the same transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from threading import local
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from kheo.core.search import indexing
from kheo.core.search.kinds import KINDS, Kind

logger = logging.getLogger(__name__)

def register(kind: Kind) -> None:
    """Make a kind of documents findable. Call it in the room's AppConfig.ready()."""
    if any(other.number == kind.number and other.code != kind.code for other in KINDS.values()):
        raise ValueError(f"{kind.code}: choose another code, this one cannot be told from an earlier one")
    KINDS[kind.code] = kind
    for signal in (post_save, post_delete):
        for model in (kind.model, *kind.follows):
            signal.connect(_changed, sender=model, dispatch_uid=f"core.search {model._meta.label}")


def _changed(sender: type[Model], instance: Any, **_more: Any) -> None:
    for kind in KINDS.values():
        if sender is kind.model:
            touch(kind.code, [instance.pk])
        elif sender in kind.follows:
            touch(kind.code, kind.follows[sender](instance))


def touch(kind: str, pks: Iterable[int]) -> None:
    """Index these rows of a kind again when the running transaction commits (now, outside of one)."""
    numbers = set(pks)
    if numbers and kind in KINDS:
        _touched.rows.setdefault(kind, set()).update(numbers)
        transaction.on_commit(_index)


class _Touched(local):
    """What this thread has touched and not yet indexed. Rows of a transaction that was rolled back may
    remain; they are looked at once more with the next commit, which changes nothing."""

    def __init__(self) -> None:
        self.rows: dict[str, set[int]] = {}


_touched = _Touched()


def _index() -> None:
    """Bring the index up to date, once per commit: the first call takes everything.

    The change itself is committed already, so a failure is told in the log, never to the person; the
    nightly rebuild mends what was missed.
    """
    rows, _touched.rows = _touched.rows, {}
    for kind, numbers in rows.items():
        try:
            if kind in KINDS:
                indexing.index(KINDS[kind], numbers)
        except Exception:
            logger.exception("search: %s %s could not be indexed", kind, sorted(numbers)[:20])
