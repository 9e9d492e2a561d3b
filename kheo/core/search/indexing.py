"""Writing the index: some rows of one kind again, or everything anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils.translation import override

from kheo.core.models import SearchEntry
from kheo.core.rules import text, tokens
from kheo.core.search import rows
from kheo.core.search.kinds import KINDS, Document, Kind

CHUNK = 250
"""Documents of one transaction: few enough that officers who save meanwhile hardly wait."""
LONGEST_BODY = 40_000
"""Characters of a document that are searched and kept for the quotation; more is a book, not a page."""
RULES = 1
"""Goes up when the same document is to give other tokens, so that every row is written again."""


def row_number(kind: Kind, pk: int, day: date | None) -> int:
    """The number of an index row: day, kind, row. Larger is newer, so the newest come without sorting."""
    return ((day.toordinal() if day else 0) << 43) | (kind.number << 27) | (pk & 0x7FFFFFF)


def first_of_day(day: date) -> int:
    """The smallest row number a document of that day can have."""
    return day.toordinal() << 43


def kind_number(number: int) -> int:
    """The kind's number inside a row number."""
    return (number >> 27) & 0xFFFF


def index(kind: Kind, pks: Iterable[int], *, anew: bool = True) -> int:
    """Write these rows' documents; what is no longer public leaves. Returns how many rows were written or taken out.

    Without `anew` only what differs from its source is written.
    """
    changed = 0
    remaining = iter(pks)
    known: set[str] = set()
    while chunk := sorted(set(islice(remaining, CHUNK))):
        with transaction.atomic():
            rows.lock()
            changed += _exchange(kind, chunk, known, anew)
    return changed


def rebuild(done: Callable[[Iterator[int], int, Kind], Iterable[int]] | None = None, *, anew: bool = True) -> dict[str, int]:
    """Write every document again, a few in each transaction: a reader finds each as it was or as it is,
    never misses one, and nobody who saves meanwhile waits long. What is no longer public leaves.

    `done(pks, total, kind)` may wrap the running numbers, for a progress bar. Returns documents per kind.
    """
    counts = {}
    for kind in KINDS.values():
        pks = list(kind.public().order_by("pk").values_list("pk", flat=True))
        index(kind, done(iter(pks), len(pks), kind) if done else pks, anew=anew)
        there = set(SearchEntry.objects.filter(kind=kind.code).values_list("object_id", flat=True))
        index(kind, sorted(there.difference(pks)), anew=False)  # looks once more: some were published meanwhile
        counts[kind.code] = SearchEntry.objects.filter(kind=kind.code).count()
    SearchEntry.objects.exclude(kind__in=KINDS).delete()
    rows.tidy()
    return counts


def refresh() -> dict[str, int]:
    """The nightly look: as `rebuild`, but only what differs from its source is written."""
    return rebuild(anew=False)


def _exchange(kind: Kind, chunk: list[int], known: set[str], anew: bool) -> int:
    """The old rows of these documents go, the new ones come, in the running transaction."""
    there = {pk: (number, digest) for pk, number, digest in SearchEntry.objects.filter(kind=kind.code, object_id__in=chunk).values_list("object_id", "pk", "digest")}
    fresh: list[SearchEntry] = []
    spoken: dict[str, str] = {}
    with override("vi"):  # addresses and labels as the site's own language has them
        for row in kind.public().filter(pk__in=chunk):
            document = kind.document(row)
            entry = entry_of(kind, row.pk, document)
            old = there.get(row.pk)
            if old and old[1] == entry.digest and not anew:
                del there[row.pk]
                continue
            entry.tokens = " ".join(_tokens(kind, entry, document))
            fresh.append(entry)
            spoken |= tokens.vocabulary(entry.title, entry.body)
    if there:
        SearchEntry.objects.filter(pk__in=[number for number, _digest in there.values()]).delete()
    rows.add(fresh)
    rows.add_words({word: bare for word, bare in spoken.items() if word not in known})
    known.update(spoken)
    return len(fresh) + len(there.keys() - {entry.object_id for entry in fresh})


def entry_of(kind: Kind, pk: int, document: Document) -> SearchEntry:
    """The row of a document, without its tokens; `digest` tells whether anything of it changed."""
    title = text.squeeze(text.nfc(document.title))[:500]
    body = text.squeeze(text.nfc(document.body))[:LONGEST_BODY]
    leads = [{"label": lead.label, "address": lead.address, "on": lead.on.isoformat() if lead.on else ""} for lead in document.leads]
    told = (RULES, title, body, document.also, document.date, document.unit, document.unit_name, leads, document.language, document.site, document.address)
    return SearchEntry(
        id=row_number(kind, pk, document.date), kind=kind.code, object_id=pk, date=document.date, unit=document.unit,
        unit_name=document.unit_name[:200], title=title, address=document.address, leads=leads, body=body,
        digest=hashlib.blake2b(repr(told).encode("utf-8", "replace"), digest_size=8).hexdigest(),
    )


def _tokens(kind: Kind, entry: SearchEntry, document: Document) -> list[str]:
    tags = [tokens.tag("k", kind.code), tokens.tag("l", document.language), tokens.tag("s", document.site)]
    tags += [tokens.tag("u", document.unit)] if document.unit else []
    return tokens.tokens(entry.title, " \n ".join([entry.body, *document.also]), tags)
