"""Count a day again from its segments and put the result in place of its rollups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from kheo.visits.actions import fold, tally
from kheo.visits.models import (
    COUNTS,
    DayCount,
    HourCount,
    LabelDay,
    MonthCount,
    Segment,
    VisitorDay,
)
from kheo.visits.rules import lines, sittings
from kheo.visits.sources import ledger


@dataclass
class Recount:
    """What the segments of a day say, and how far that is from the rollups before."""

    day: date
    lines: int = 0
    bad: int = 0
    difference: int = 0
    counted: dict[str, dict[str, int]] = field(default_factory=dict)
    """Site → column → count."""
    missing: list[str] = field(default_factory=list)
    """Segments that should be there and are not: then nothing was changed."""


def recount(day: date, *, keep_visitors: bool) -> Recount:
    """Count the day from nothing; replace what the rollups say when it differs.

    With `keep_visitors` the day stays open: its visitors are kept, so that later hits join them.
    """
    with transaction.atomic():
        fold.lock()
        files = {file.name: file for file in ledger.files(day, packed=True)}
        rows = {segment.name: segment for segment in Segment.objects.filter(day=day)}
        missing = sorted(name for name, segment in rows.items() if segment.offset and name not in files)
        if missing:
            return Recount(day, missing=missing)
        parts = {name: ledger.whole(file) for name, file in files.items()}
        each = {name: lines.add_up(data) for name, data in parts.items()}
        sums = lines.merge(each.values())
        tally.count_visits(sums)
        result = Recount(day, sums.lines, sums.bad, counted=_by_site(sums))
        before = _rollups(day)
        result.difference = _distance(before, result.counted)
        if result.difference or keep_visitors:
            _replace(day, sums)
        for name, data in parts.items():
            Segment.objects.update_or_create(name=name, defaults={
                "day": day, "offset": len(data), "lines": each[name].lines, "bad_lines": each[name].bad,
            })  # fmt: skip
        VisitorDay.objects.filter(day=day).delete()
        if keep_visitors:
            _write_visitors(sums)
    return result


def _by_site(sums: lines.Sums) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for (site, _day, _hour), counts in sums.hours.items():
        found.setdefault(str(site), Counter()).update(counts)
    return {site: {name: counts[name] for name in COUNTS} for site, counts in sorted(found.items())}


def _rollups(day: date) -> dict[str, dict[str, int]]:
    rows = DayCount.objects.filter(day=day, source=DayCount.Source.BEACON)
    return {str(row.site): {name: getattr(row, name) for name in COUNTS} for row in rows}


def _distance(one: dict[str, dict[str, int]], other: dict[str, dict[str, int]]) -> int:
    none = dict.fromkeys(COUNTS, 0)
    return sum(
        abs(one.get(site, none)[name] - other.get(site, none)[name]) for site in one.keys() | other.keys() for name in COUNTS
    )


def _replace(day: date, sums: lines.Sums) -> None:
    """Take the day's own counts out of month, hours and labels, and add the new ones."""
    own = DayCount.objects.filter(day=day, source=DayCount.Source.BEACON)
    sites = list(own.values_list("site", flat=True))
    taken = [(row.site, day.replace(day=1), *(-getattr(row, name) for name in COUNTS)) for row in own]
    tally.upsert(MonthCount, ("site", "month"), taken, extra={"stated_days": 0})
    own.delete()
    HourCount.objects.filter(day=day, site__in=sites).delete()
    LabelDay.objects.filter(day=day, site__in=sites).delete()
    tally.add(sums)


def _write_visitors(sums: lines.Sums) -> None:
    rows = [
        (site, day, visitor.decode("ascii", "replace"), sittings.pack(sittings.extend([], seconds)))
        for (site, day, visitor), seconds in sums.seen.items()
    ]
    tally.upsert(VisitorDay, ("site", "day", "visitor"), rows, columns=("stretches",), replace=True)
