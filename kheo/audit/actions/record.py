"""Write one audit row. Called by every action inside its own transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from kheo.audit import queries, rules
from kheo.audit.models import Entry, Head

SYSTEM = "Hệ thống"


@dataclass(frozen=True)
class Event:
    """What happened to one object. `details` must be JSON (texts, numbers, lists of them)."""

    verb: str
    obj: models.Model
    details: dict[str, Any] = field(default_factory=dict)
    label: str = ""


def record(verb: str, obj: models.Model, *, by: Any, label: str = "", **details: Any) -> Entry:
    """Append one entry: `verb` (an audit code such as "practices.recognize") on `obj` by user `by`.

    `by` is a user, or None for the system itself. Must run inside the transaction of the change,
    so that change and entry stand or fall together.
    """
    return record_many([Event(verb, obj, details, label)], by=by)[0]


def record_many(events: Iterable[Event], *, by: Any) -> list[Entry]:
    """Append entries in order with one lock of the chain's end; for bulk actions."""
    with transaction.atomic():
        head = queries.locked_head()
        now = timezone.now()
        entries: list[Entry] = []
        for event in events:
            entry = _entry(event, by=by, at=now, previous=head.hash, number=head.last_id + 1)
            head.last_id, head.hash = entry.id, entry.hash
            entries.append(entry)
        Entry.objects.bulk_create(entries, batch_size=200)
        Head.objects.filter(pk=1).update(last_id=head.last_id, hash=head.hash)
    return entries


def _entry(event: Event, *, by: Any, at: Any, previous: str, number: int) -> Entry:
    entry = Entry(
        id=number,
        at=at,
        actor_id=getattr(by, "pk", None),
        actor_name=str(by)[:200] if by is not None else SYSTEM,
        verb=event.verb,
        object_type=event.obj._meta.label_lower,
        object_id=str(event.obj.pk),
        object_label=(event.label or str(event.obj))[:300],
        # As every database gives it back, or the hash would not hold: keys are text, tuples are lists,
        # fractions are text (PostgreSQL writes 1e22 as a whole number).
        details=json.loads(json.dumps(event.details, ensure_ascii=False, default=str), parse_float=str),
        previous_hash=previous,
    )
    entry.hash = rules.entry_hash(previous, queries.hashed_fields(entry))
    return entry
