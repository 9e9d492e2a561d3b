"""Adding to the rollups: hour, day, month and labels together, inside the caller's transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection, models

from kheo.visits.models import COUNTS, DayCount, HourCount, Label, LabelDay, MonthCount, VisitorDay
from kheo.visits.rules import sittings
from kheo.visits.rules.lines import Key, Sums

MOST_LABELS = {"page": 20_000, "referrer": 500, "device": 10}
"""Different labels of a kind on one day of one site; the rest is added up under OTHER."""
OTHER = "*"
CHUNK = 500


def add(sums: Sums, source: str = DayCount.Source.BEACON, sign: int = 1) -> None:
    """Add what lines add up to (with visits already in the hours). `sign` -1 takes it away."""
    days: defaultdict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    months: defaultdict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    for (site, day, _hour), counts in sums.hours.items():
        days[site, day].update(counts)
        months[site, day.replace(day=1)].update(counts)
    upsert(HourCount, ("site", "day", "hour"), [(*key, *_row(counts, sign)) for key, counts in sums.hours.items()])
    upsert(
        DayCount, ("site", "day"), [(*key, *_row(counts, sign)) for key, counts in days.items()], extra={"source": str(source)}
    )
    upsert(MonthCount, ("site", "month"), [(*key, *_row(counts, sign)) for key, counts in months.items()], extra={"stated_days": 0})
    add_labels(sums.labels, sign)


def _row(counts: Counter[str], sign: int) -> list[int]:
    return [counts[name] * sign for name in COUNTS]


def upsert(
    model: type[models.Model], keys: Sequence[str], rows: Iterable[Sequence[object]], *,
    columns: Sequence[str] = COUNTS, extra: dict[str, object] | None = None, replace: bool = False,
) -> None:
    """Insert rows of keys and columns, or add to (with `replace`: overwrite) the rows that are there."""
    ordered = sorted(rows, key=lambda row: tuple(str(part) for part in row[: len(keys)]))  # one order: no deadlock
    if not ordered:
        return
    extra = extra or {}
    table = connection.ops.quote_name(model._meta.db_table)
    names = [*keys, *columns, *extra]
    # `stretches`, `views`… are our own column names, never words from outside.
    change = ", ".join(f"{c} = excluded.{c}" if replace else f"{c} = {table}.{c} + excluded.{c}" for c in columns)
    sql = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {change}"
    )
    tail = tuple(extra.values())
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(*row, *tail) for row in ordered])  # type: ignore[arg-type]  # numbers, days and texts


def add_labels(labels: Counter[tuple[int, date, str, str]], sign: int = 1) -> None:
    """Add page views by page, referring site and device."""
    if not labels:
        return
    kept = _bounded(labels)
    numbers = _numbers({(kind, text) for _site, _day, kind, text in kept})
    rows = [(site, day, numbers[kind, text], views * sign) for (site, day, kind, text), views in kept.items()]
    upsert(LabelDay, ("site", "day", "label_id"), rows, columns=("views",))


def _bounded(labels: Counter[tuple[int, date, str, str]]) -> Counter[tuple[int, date, str, str]]:
    groups: defaultdict[tuple[int, date, str], list[str]] = defaultdict(list)
    for site, day, kind, text in labels:
        groups[site, day, kind].append(text)
    kept: Counter[tuple[int, date, str, str]] = Counter()
    for (site, day, kind), texts in groups.items():
        there = LabelDay.objects.filter(site=site, day=day, label__kind=kind)
        allowed = set(texts)
        if len(texts) + (count := there.count()) > MOST_LABELS[kind]:
            known = set(there.filter(label__text__in=texts[:20_000]).values_list("label__text", flat=True))
            fresh = [text for text in texts if text not in known]
            allowed = known | set(fresh[: max(0, MOST_LABELS[kind] - count)])
        for text in texts:
            kept[site, day, kind, text if text in allowed else OTHER] += labels[site, day, kind, text]
    return kept


def _numbers(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The numbers of labels, new ones made."""
    found = _known(wanted)
    missing = sorted(wanted - found.keys())
    if missing:
        made = [Label(kind=kind, text=text) for kind, text in missing]
        Label.objects.bulk_create(made, ignore_conflicts=True, batch_size=CHUNK)
        found |= _known(set(missing))
    return found


def _known(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    texts = sorted({text for _kind, text in wanted})
    found: dict[tuple[str, str], int] = {}
    for start in range(0, len(texts), CHUNK):
        rows = Label.objects.filter(text__in=texts[start : start + CHUNK]).values_list("kind", "text", "pk")
        found |= {(kind, text): number for kind, text, number in rows}
    return found


def add_visits(sums: Sums) -> None:
    """Turn the seconds of visitors into visits: read their stretches, extend them, write them back.

    The visits gained go into `sums.hours`, so that :func:`add` adds them with everything else.
    """
    rows = []
    groups: defaultdict[tuple[int, date], list[str]] = defaultdict(list)
    for site, day, visitor in sums.seen:
        groups[site, day].append(visitor.decode("ascii", "replace"))
    for (site, day), visitors in groups.items():
        before = _stretches(site, day, visitors)
        for name in visitors:
            old = sittings.unpack(before.get(name, ""))
            new = sittings.extend(old, sums.seen[site, day, name.encode()])
            for hour, count in sittings.gained(old, new).items():
                sums.hours[site, day, hour]["visits"] += count
            if new != old:
                rows.append((site, day, name, sittings.pack(new)))
    upsert(VisitorDay, ("site", "day", "visitor"), rows, columns=("stretches",), replace=True)


def _stretches(site: int, day: date, visitors: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(visitors), CHUNK):
        part = VisitorDay.objects.filter(site=site, day=day, visitor__in=visitors[start : start + CHUNK])
        found.update(part.values_list("visitor", "stretches"))
    return found


def count_visits(sums: Sums) -> None:
    """As :func:`add_visits` for a whole day at once, from nothing and without keeping the visitors."""
    found: Counter[tuple[int, date, int]] = Counter()
    for (site, day, _visitor), seconds in sums.seen.items():
        for hour in sittings.hours_of(seconds):
            found[site, day, hour] += 1
    for key, count in found.items():
        sums.hours[key]["visits"] += count


def keys_of(sums: Sums) -> list[Key]:
    """The hours it touches, in order."""
    return sorted(sums.hours)
