"""Compute the rollups of days again from their segments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kheo.visits.actions import recount
from kheo.visits.models import Closing, Segment
from kheo.visits.sources import ledger


def days(first: date | None = None, last: date | None = None) -> list[date]:
    """Days of which segments are known or there, in order."""
    found = set(Segment.objects.values_list("day", flat=True)) | {file.day for file in ledger.files(packed=True)}
    return sorted(day for day in found if (first is None or day >= first) and (last is None or day <= last))


def rebuild(wanted: list[date]) -> Iterator[recount.Recount]:
    """Count each day again. Days whose segments are gone come back with `missing` and stay as they are."""
    for day in wanted:
        closed = Closing.objects.filter(day=day, reopened=0).exists()
        yield recount.recount(day, keep_visitors=not closed)
