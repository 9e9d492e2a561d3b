"""Close the days that are over: count them a second time, sign them off, destroy their salts.

Then tidy: pack segments of closed days, delete those older than the rule says, forget old hours.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from kheo.visits.actions import fold, recount
from kheo.visits.middleware.salts import Salts
from kheo.visits.models import Closing, HourCount, Segment, VisitorDay
from kheo.visits.sources import ledger

AFTER_MIDNIGHT = timedelta(minutes=10)
KEEP_HOURS = timedelta(days=400)


def close_days(now: datetime | None = None) -> list[Closing]:
    """Close every day that ended ten minutes ago or more and is not closed yet, or was reopened."""
    now = now or timezone.now()
    fold.fold()
    last = timezone.localtime(now - AFTER_MIDNIGHT).date() - timedelta(days=1)
    closed = [close_day(day, now) for day in _open_days(last)]
    _destroy_salts(last)
    tidy(now)
    return closed


def _open_days(last: date) -> list[date]:
    done = set(Closing.objects.filter(reopened=0).values_list("day", flat=True))
    found = set(Segment.objects.filter(day__lte=last, deleted_at=None).values_list("day", flat=True))
    return sorted(found - done)


def close_day(day: date, now: datetime) -> Closing:
    """Count the day again from its segments and sign it off; the segments are right when they differ."""
    result = recount.recount(day, keep_visitors=False)
    if result.missing:  # nothing to count from: the rollups stay, and the closing says so
        VisitorDay.objects.filter(day=day).delete()
    closing, _made = Closing.objects.update_or_create(day=day, defaults={
        "closed_at": now, "lines": result.lines, "bad_lines": result.bad, "counted": result.counted,
        "difference": -1 if result.missing else result.difference, "reopened": 0,
    })  # fmt: skip
    return closing


def _destroy_salts(last: date) -> None:
    """Salts of all days up to `last`, also of days without a hit."""
    salts = Salts(ledger.home() / "salts")
    for name in salts.days():
        if ledger.day_of(name.decode()) <= last:
            salts.destroy(name)
    Closing.objects.filter(day__lte=last, salt_destroyed=False).update(salt_destroyed=True)


def tidy(now: datetime) -> None:
    """Pack what is closed since yesterday, delete what is past its time."""
    today = timezone.localtime(now).date()
    closed = set(Closing.objects.filter(reopened=0, day__lt=today - timedelta(days=1)).values_list("day", flat=True))
    oldest = today - timedelta(days=settings.KHEO_VISITS_KEEP_DAYS)
    for file in ledger.files(packed=True):
        if file.day not in closed:
            continue
        rows = Segment.objects.filter(name=file.name)
        if file.day < oldest:
            if ledger.delete(file):
                rows.update(deleted_at=now)
        elif not file.packed and ledger.pack(file):
            rows.update(packed=True)
    for folder in (ledger.home() / "segments").glob("[0-9]*"):
        if folder.is_dir() and ledger.day_of(folder.name) < oldest and not any(folder.iterdir()):
            folder.rmdir()
    HourCount.objects.filter(day__lt=today - KEEP_HOURS).delete()
