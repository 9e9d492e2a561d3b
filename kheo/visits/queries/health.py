"""Whether the counter is well: for `kheo doctor`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from kheo.visits.middleware.salts import Salts
from kheo.visits.models import Closing, DayCount, Fold, Segment
from kheo.visits.sources import ledger

LATE = timedelta(minutes=10)


@dataclass
class Health:
    """Bytes not folded yet, days not signed off, differences found, salts that should be gone."""

    waiting: int = 0
    folded_late: bool = False
    open_days: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    bad_lines: int = 0
    old_salts: int = 0
    views: int = 0


def check() -> Health:
    """Look at files and tables; change nothing."""
    now, health = timezone.now(), Health()
    offsets = dict(Segment.objects.values_list("name", "offset"))
    health.waiting = sum(max(0, file.size - offsets.get(file.name, 0)) for file in ledger.files())
    at = Fold.objects.filter(pk=1).values_list("at", flat=True).first()
    health.folded_late = health.waiting > 0 and (at is None or now - at > LATE)
    today = timezone.localdate(now)
    before = today - timedelta(days=1) if timezone.localtime(now).hour < 1 else today
    closed = set(Closing.objects.filter(reopened=0).values_list("day", flat=True))
    days = set(Segment.objects.filter(day__lt=before, deleted_at=None).values_list("day", flat=True))
    health.open_days = [f"{day:%d/%m/%Y}" for day in sorted(days - closed)]
    health.differences = [f"{c.day:%d/%m/%Y}: {c.difference}" for c in Closing.objects.exclude(difference=0).order_by("-day")[:20]]
    health.bad_lines = sum(Segment.objects.filter(bad_lines__gt=0).values_list("bad_lines", flat=True))
    health.old_salts = sum(ledger.day_of(name.decode()) < before for name in Salts(ledger.home() / "salts").days())
    health.views = sum(DayCount.objects.filter(day=today).values_list("views", flat=True))
    return health
