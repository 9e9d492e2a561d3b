"""Comparing the index with its sources: for `kheo doctor`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import override

from kheo.core.models import SearchEntry
from kheo.core.search import indexing
from kheo.core.search.kinds import KINDS, Kind

LOOKED_AT = 200
"""So many of the newest documents of each kind are compared word by word."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind: public but not in the index, in the index but not public, written otherwise than it is now."""

    kind: Kind
    missing: int
    extra: int
    outdated: int


def differences() -> list[Difference]:
    """The kinds whose index differs from their source; every row by its number, the newest word by word."""
    found = (_difference(kind) for kind in KINDS.values())
    return [each for each in found if each.missing or each.extra or each.outdated]


def _difference(kind: Kind) -> Difference:
    public = set(kind.public().values_list("pk", flat=True))
    there = set(SearchEntry.objects.filter(kind=kind.code).values_list("object_id", flat=True))
    newest = SearchEntry.objects.filter(kind=kind.code).order_by("-pk").values_list("object_id", "digest")
    digests = dict(newest[:LOOKED_AT])
    with override("vi"):
        outdated = sum(indexing.entry_of(kind, row.pk, kind.document(row)).digest != digests[row.pk] for row in kind.public().filter(pk__in=digests))
    return Difference(kind, len(public - there), len(there - public), outdated)
