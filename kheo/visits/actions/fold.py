"""Fold segments into rollups: each line once, whoever folds, however often it is killed.

The offset of each segment is written in the transaction that holds its counts. Folders take turns by
one locked row; one that read what another has folded meanwhile throws its work away.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kheo.visits.actions import tally
from kheo.visits.models import Closing, Fold, Segment
from kheo.visits.rules import lines
from kheo.visits.sources import ledger

STEP = 8 << 20
"""Bytes in one transaction: about 130,000 hits, half a second."""


@dataclass
class Report:
    """What one run folded."""

    lines: int = 0
    bad: int = 0
    transactions: int = 0
    lost_races: int = 0


@dataclass
class _Part:
    """New lines of one segment."""

    name: str
    start: int
    end: int
    sums: lines.Sums


def fold() -> Report:
    """Fold everything that is there now. Safe to run anywhere, any time, several at once."""
    report = Report()
    while parts := _gather():
        if _store(parts):
            report.transactions += 1
            report.lines += sum(part.sums.lines for part in parts)
            report.bad += sum(part.sums.bad for part in parts)
        else:
            report.lost_races += 1
    Fold.objects.update_or_create(pk=1, defaults={"at": timezone.now()})
    return report


def _gather() -> list[_Part]:
    """Unread lines of all segments, up to STEP bytes, already added up: no lock is held meanwhile."""
    files = ledger.files()
    offsets = dict(Segment.objects.filter(name__in=[f.name for f in files]).values_list("name", "offset"))
    parts: list[_Part] = []
    room = STEP
    for file in files:
        start = offsets.get(file.name, 0)
        if room <= 0:
            break
        try:
            if file.size <= start:
                continue
            data, _torn = ledger.read(file, start, room)
        except FileNotFoundError:  # packed or deleted since it was listed
            continue
        if data:
            room -= len(data)
            parts.append(_Part(file.name, start, start + len(data), lines.add_up(data)))
    return parts


def lock() -> None:
    """Wait until no other folder is at work; held to the end of the caller's transaction."""
    if not Fold.objects.select_for_update().filter(pk=1).exists():
        Fold.objects.bulk_create([Fold(pk=1)], ignore_conflicts=True)
        Fold.objects.select_for_update().get(pk=1)


def _store(parts: list[_Part]) -> bool:
    """Write counts and offsets together; False when another folder was first."""
    with transaction.atomic():
        lock()
        now_at = dict(Segment.objects.filter(name__in=[p.name for p in parts]).values_list("name", "offset"))
        if any(now_at.get(part.name, 0) != part.start for part in parts):
            return False
        sums = lines.merge(part.sums for part in parts)
        tally.add_visits(sums)
        tally.add(sums)
        for part in parts:
            _move(part)
        days = {ledger.day_of(part.name) for part in parts}
        Closing.objects.filter(day__in=days, reopened=0).update(reopened=1)
        Fold.objects.filter(pk=1).update(number=F("number") + 1, at=timezone.now())
    return True


def _move(part: _Part) -> None:
    segment, _made = Segment.objects.get_or_create(name=part.name, defaults={"day": ledger.day_of(part.name)})
    Segment.objects.filter(pk=segment.pk).update(
        offset=part.end, lines=F("lines") + part.sums.lines, bad_lines=F("bad_lines") + part.sums.bad
    )
