"""Writing the index: some rows of one kind again, or everything anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils.translation import override

from kheo.core.models import SearchEntry, SearchWord
from kheo.core.rules import text, tokens
from kheo.core.search.kinds import KINDS, Document, Kind

CHUNK = 200
LONGEST_BODY = 40_000
"""Characters of a document that are searched and kept for the quotation; more is a book, not a page."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LOCK = 0x6B68656F  # one writer of the index at a time on PostgreSQL; SQLite has one by nature


def row_number(kind: Kind, pk: int, day: date | None) -> int:
    """The number of an index row: day, kind, row. Larger is newer, so the newest come without sorting."""
    return ((day.toordinal() if day else 0) << 43) | (kind.number << 27) | (pk & 0x7FFFFFF)


def first_of_day(day: date) -> int:
    """The smallest row number a document of that day can have."""
    return day.toordinal() << 43


def kind_number(number: int) -> int:
    """The kind's number inside a row number."""
    return (number >> 27) & 0xFFFF


def index(kind: Kind, pks: Iterable[int]) -> int:
    """Write these rows' documents; what is no longer public leaves. Returns how many are in the index."""
    written = 0
    remaining = iter(sorted(set(pks)))
    while chunk := list(islice(remaining, CHUNK)):
        with transaction.atomic():
            _lock()
            SearchEntry.objects.filter(kind=kind.code, object_id__in=chunk).delete()
            written += _write(kind, kind.public().filter(pk__in=chunk))
    return written


def rebuild(done: Callable[[Iterator[int], int, Kind], Iterable[int]] | None = None) -> dict[str, int]:
    """Write the whole index anew, kind by kind, each in one transaction; readers see the old one until then.

    `done(pks, total, kind)` may wrap the running numbers, for a progress bar. Returns documents per kind.
    """
    SearchEntry.objects.exclude(kind__in=KINDS).delete()
    counts = {}
    for kind in KINDS.values():
        pks = list(kind.public().order_by("pk").values_list("pk", flat=True))
        running = done(iter(pks), len(pks), kind) if done else iter(pks)
        counts[kind.code] = _rebuild(kind, iter(running))
    return counts


def _rebuild(kind: Kind, running: Iterator[int]) -> int:
    with transaction.atomic():
        _lock()
        SearchEntry.objects.filter(kind=kind.code).delete()
        written = 0
        while chunk := list(islice(running, CHUNK)):
            written += _write(kind, kind.public().filter(pk__in=chunk))
    return written


def _lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _write(kind: Kind, rows: Iterable[Any]) -> int:
    entries: list[SearchEntry] = []
    spoken: dict[str, str] = {}
    with override("vi"):  # addresses and labels as the site's own language has them
        for row in rows:
            entry = _entry(kind, row.pk, kind.document(row))
            entries.append(entry)
            spoken |= _spoken(entry.title, entry.body)
    SearchEntry.objects.bulk_create(entries, batch_size=CHUNK)
    words = (SearchWord(word=word, bare=bare) for word, bare in sorted(spoken.items()))
    SearchWord.objects.bulk_create(words, batch_size=400, ignore_conflicts=True)
    return len(entries)


def _entry(kind: Kind, pk: int, document: Document) -> SearchEntry:
    title = text.squeeze(text.nfc(document.title))[:500]
    body = text.squeeze(text.nfc(document.body))[:LONGEST_BODY]
    tags = [tokens.tag("k", kind.code), tokens.tag("l", document.language), tokens.tag("s", document.site)]
    tags += [tokens.tag("u", document.unit)] if document.unit else []
    found = tokens.tokens(title, " \n ".join([body, *document.also]), tags)
    leads = [{"label": lead.label, "address": lead.address, "on": lead.on.isoformat() if lead.on else ""} for lead in document.leads]
    return SearchEntry(
        id=row_number(kind, pk, document.date), kind=kind.code, object_id=pk, date=document.date, unit=document.unit,
        unit_name=document.unit_name[:200], title=title, address=document.address, leads=leads, body=body, tokens=" ".join(found),
    )


def _spoken(*texts: str) -> dict[str, str]:
    """Each word of letters with its tones, and its bare form: the vocabulary of near spellings."""
    found = {word for written in texts for word in tokens.words(written) if _LETTERS.fullmatch(word) and len(word) > 1}
    return {word: tokens.bare(word)[:40] for word in found if tokens.bare(word)}
