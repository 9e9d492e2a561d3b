"""Reading the audit log and checking its chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from kheo.audit import rules
from kheo.audit.models import Check, Entry, Head
from kheo.core.rules import text


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: the entry number and what is wrong with it."""

    entry_id: int
    what: str


def hashed_fields(entry: Entry) -> dict[str, Any]:
    """The fields of an entry that its hash covers. The instant is written in UTC, microseconds."""
    return {
        "id": entry.id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "verb": entry.verb,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object_label": entry.object_label,
        "details": entry.details,
    }


def locked_head() -> Head:
    """The end of the chain, locked until the transaction ends (made on first use)."""
    Head.objects.get_or_create(pk=1, defaults={"last_id": 0, "hash": rules.GENESIS})
    return Head.objects.select_for_update().get(pk=1)


def of_object(obj: models.Model) -> models.QuerySet[Entry]:
    """All entries about one object, oldest first."""
    return of_objects(type(obj), [obj.pk])


def of_objects(model: type[models.Model], numbers: Iterable[Any]) -> models.QuerySet[Entry]:
    """All entries about the objects of these primary keys, oldest first."""
    return Entry.objects.filter(object_type=model._meta.label_lower, object_id__in=[str(number) for number in numbers])


def verify(progress: Callable[[int], None] | None = None) -> list[Break]:
    """Walk the whole chain and return every break: changed, missing or cut-off entries."""
    breaks: list[Break] = []
    previous, expected = rules.GENESIS, 1
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        gap = entry.id != expected
        if gap:
            breaks.append(Break(expected, "missing"))
        # After a gap the link to the row before cannot be told; the entry's own hash still can.
        linked = gap or entry.previous_hash == previous
        if not linked or entry.hash != rules.entry_hash(entry.previous_hash, hashed_fields(entry)):
            breaks.append(Break(entry.id, "changed"))
        previous, expected = entry.hash, entry.id + 1
        if progress:
            progress(1)
    head = Head.objects.filter(pk=1).first()
    if (head.last_id if head else 0) != expected - 1 or (head and head.hash != previous):
        breaks.append(Break(expected, "cut off"))
    return breaks


def search(
    *, person: str = "", verb: str = "", kind: str = "", words: str = "",
    since: date | None = None, until: date | None = None,
) -> models.QuerySet[Entry]:
    """Entries, newest first. `person` matches names whatever the tones; the days are local, both included."""
    found = Entry.objects.order_by("-id")
    if person:
        wanted = text.fold(person)
        names = Entry.objects.order_by("actor_name").values_list("actor_name", flat=True).distinct()
        found = found.filter(actor_name__in=[name for name in names if wanted in text.fold(name)])
    if verb:
        found = found.filter(verb=verb)
    if kind:
        found = found.filter(object_type=kind)
    if words:
        found = found.filter(models.Q(object_label__icontains=text.nfc(words)) | models.Q(object_id=words.lstrip("#")))
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def kinds() -> list[str]:
    """The kinds of objects that the log speaks of."""
    return list(Entry.objects.order_by("object_type").values_list("object_type", flat=True).distinct())


def last_check() -> Check | None:
    """The latest walk along the chain."""
    return Check.objects.first()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
