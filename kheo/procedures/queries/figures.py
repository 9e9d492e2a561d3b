"""Published figures, read from the totals of published batches; never from single dossiers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Case, Max, Min, Q, QuerySet, Subquery, Sum, When
from django.utils.translation import gettext as _

from kheo.core.rules import periods as core_periods
from kheo.organizations import queries as organizations
from kheo.procedures.models import (
    Batch,
    PeriodTotal,
    Publication,
    ReportingPeriod,
    Rollup,
    Source,
)
from kheo.procedures.rules import table
from kheo.procedures.rules.periods import CALENDAR
from kheo.procedures.rules.table import Counts

REPLICA = "replica"
Of = PeriodTotal.Of
_PERIOD = ("period_id", "period__first", "period__code", "period__kind", "period__last")
_LINE = (*_PERIOD, "field__name", "field__slug", "unit_id")
PARTS = len(_LINE) + 1


def database() -> str:
    """Where public figures are read: the replica once it holds the last publication, else here."""
    if REPLICA not in settings.DATABASES:
        return "default"
    here = Publication.objects.using("default").values_list("number", flat=True).first()
    try:
        there = Publication.objects.using(REPLICA).values_list("number", flat=True).first()
    except Exception:  # a replica that is down must not take the public pages with it
        return "default"
    return REPLICA if here == there else "default"


@dataclass(frozen=True)
class Line:
    """One row of the table: what it is, its address, its counts."""

    name: str
    slug: str
    counts: Counts
    merged: bool = False


@dataclass
class Figures:
    """The table of one period: the total, rows by field and by unit. What was checked and where it
    comes from is asked of the database only when somebody looks. `missing` names, for each month of a
    longer period, the units that other months tell of and this one does not: without them the parts of
    the table belong to different units and do not add up."""

    code: str
    periods: Sequence[ReportingPeriod]
    unit: int | None
    as_of: datetime | None
    total: Counts
    fields: list[Line] = field(default_factory=list)
    units: list[Line] = field(default_factory=list)
    source: QuerySet[Rollup] | None = None
    missing: list[tuple[str, list[str]]] = field(default_factory=list)

    @cached_property
    def rollups(self) -> QuerySet[Rollup]:
        """The totals it is made of."""
        if self.source is not None:
            return self.source
        found = Rollup.objects.using(database()).filter(batch__state=Batch.State.PUBLISHED, period_id__in=[period.pk for period in self.periods])
        return found if self.unit is None else found.filter(unit_id=self.unit)

    @property
    def first(self) -> date:
        """The first day."""
        return self.periods[0].first

    @property
    def last(self) -> date:
        """The last day."""
        return self.periods[-1].last

    @cached_property
    def previous(self) -> Counts | None:
        """The totals of the period before, when it was published."""
        return previous_of(self.periods[0], self.unit, self.rollups.db)

    @cached_property
    def batches(self) -> list[Batch]:
        """The batches that the figures come from, without their reports."""
        found = Batch.objects.using(self.rollups.db).filter(pk__in=self.rollups.order_by().values("batch_id"))
        return list(found.select_related("unit", "period").prefetch_related("unit__versions").defer("mapping", "report").order_by("period__first", "pk"))

    @property
    def broken(self) -> list[table.Broken]:
        """Identities that do not hold, for the officer."""
        return [
            *table.broken(self.total, previous=self.previous),
            *table.sums((line.counts for line in self.fields), self.total),
            *table.sums((line.counts for line in self.units), self.total),
        ]


def published(scheme: str = CALENDAR) -> QuerySet[Batch]:
    """The batches that people see."""
    return Batch.objects.using(database()).filter(state=Batch.State.PUBLISHED, period__scheme=scheme)


def period_codes(scheme: str = CALENDAR) -> list[str]:
    """Codes of periods with published figures, newest first, with the quarters and years they make up."""
    rows = PeriodTotal.objects.using(database()).filter(period__scheme=scheme, of=Of.WHOLE).order_by("-period__first", "-period__last")
    found = list(rows.values_list("period__code", "period__kind"))
    months = [code for code, kind in found if kind == "month"]
    wider = [*dict.fromkeys(map(_quarter, months)), *dict.fromkeys(code[:4] for code in months)]
    return [*(code for code, _kind in found), *(code for code in wider if code not in dict(found))]


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:7]) - 1) // 3 + 1}"


def latest(scheme: str = CALENDAR) -> str | None:
    """The newest month (else the newest period) with published figures."""
    found = headline(scheme)
    return found.code if found else None


def periods_of(code: str, scheme: str) -> list[ReportingPeriod]:
    """The period itself when it was published as such, else the published months inside it, in order."""
    used = ReportingPeriod.objects.using(database()).filter(scheme=scheme, batches__state=Batch.State.PUBLISHED).distinct()
    own = list(used.filter(code=code))
    if own:
        return own
    whole = core_periods.parse_period(code)
    inside = [f"{whole.first.year}-{month:02d}" for month in range(whole.first.month, whole.last.month + 1)]
    return list(used.filter(code__in=inside).order_by("first"))


def figures(code: str, *, unit: int | None = None, scheme: str = CALENDAR) -> Figures | None:
    """The published table of a period, of all units or of one, in one query; None when nothing is published."""
    return many([code], unit=unit, scheme=scheme).get(code)


def many(codes: Sequence[str], *, unit: int | None = None, scheme: str = CALENDAR, by_unit: bool = True) -> dict[str, Figures]:
    """The published tables of several periods in one query; without those of which nothing is published.
    Who needs no rows by unit spares the reading of their names, one query for each last day."""
    inside = {code: codes_inside(code) for code in codes}
    by_code: dict[str, list[Read]] = {}
    for line in _read({part for parts in inside.values() for part in parts}, unit, scheme, by_unit):
        by_code.setdefault(line.code, []).append(line)
    found = {}
    for code, parts in inside.items():
        own = by_code.get(code) or [line for part in parts for line in by_code.get(part, ())]
        if own:
            found[code] = _made(own, code, unit, scheme, by_unit)
    return found


def _read(codes: Collection[str], unit: int | None, scheme: str, by_unit: bool) -> list[Read]:
    """The lines of some periods, of all units or of one."""
    if unit is None:
        rows = PeriodTotal.objects.using(database()).filter(period__scheme=scheme, period__code__in=codes)
        rows = rows if by_unit else rows.exclude(of=Of.UNIT)
        return [Read(of, row) for of, *row in rows.values_list("of", *_LINE, "as_of", *table.NAMES)]
    of_unit = Rollup.objects.using(database()).filter(batch__state=Batch.State.PUBLISHED, period__scheme=scheme, period__code__in=codes, unit_id=unit)
    return [Read(Of.FIELD, row) for row in of_unit.values_list(*_LINE, "batch__as_of", *table.NAMES)]


def headline(scheme: str = CALENDAR) -> Figures | None:
    """The total of the newest published month (else period); None when nothing is published."""
    rows = PeriodTotal.objects.using(database()).filter(of=Of.WHOLE, period__scheme=scheme)
    newest = rows.order_by(Case(When(period__kind="month", then=0), default=1), "-period__first", "-period__last")
    row: Sequence[Any] | None = newest.values_list(*_PERIOD, "as_of", *table.NAMES).first()
    if row is None:
        return None
    period = ReportingPeriod(id=row[0], scheme=scheme, first=row[1], code=row[2], kind=row[3], last=row[4])
    return Figures(period.code, [period], None, row[5], Counts(*row[6:]))


def codes_inside(code: str) -> list[str]:
    """The code itself and, of a longer period, those of the months inside."""
    if len(code) == 7 and code[5:].isdigit():
        return [code]
    whole = core_periods.parse_period(code)
    return [code, *(f"{whole.first.year}-{month:02d}" for month in range(whole.first.month, whole.last.month + 1))]


class Read:
    """A line as it comes from the database, with the period it belongs to: the values of _LINE, the
    as-of instant, then the counts."""

    __slots__ = ("as_of", "code", "first", "kind", "last", "name", "numbers", "of", "period", "slug", "unit")

    def __init__(self, of: str, row: Sequence[Any]) -> None:
        self.period, self.first, self.code, self.kind, self.last, self.name, self.slug, self.unit, self.as_of = row[:PARTS]
        self.of, self.numbers = of, row[PARTS:]


def _made(lines: list[Read], code: str, unit: int | None, scheme: str, by_unit: bool) -> Figures:
    """The table of one period, or of months that follow each other as one."""
    known = {line.period: line for line in lines}
    periods = sorted(
        (ReportingPeriod(id=p.period, scheme=scheme, code=p.code, kind=p.kind, first=p.first, last=p.last) for p in known.values()),
        key=lambda period: period.first,
    )
    summed: dict[tuple[str, Any], tuple[Read, list[int]]] = {}
    for line in lines:
        key = line.of, line.slug if line.of == Of.FIELD else line.unit
        kept = _in_its_place(line, periods)
        if key in summed:
            into = summed[key][1]
            for place, number in enumerate(kept):
                into[place] += number
        else:
            summed[key] = line, list(kept)
    fields = [
        Line(line.name or _("Several procedures together"), line.slug or "", Counts(*numbers), merged=line.slug is None)
        for (of, _key), (line, numbers) in summed.items() if of == Of.FIELD
    ]
    fields.sort(key=lambda line: (line.merged, -line.counts.received))
    units = {pk: Counts(*numbers) for (of, pk), (_line, numbers) in summed.items() if of == Of.UNIT}
    total = Counts(*summed[Of.WHOLE, None][1]) if (Of.WHOLE, None) in summed else table.total(line.counts for line in fields)
    if unit is not None and by_unit:
        units = {unit: total}
    as_of = max((line.as_of for line in lines if line.as_of), default=None)
    made = Figures(code, periods, unit, as_of, total, fields, _unit_lines(units, periods[-1]))
    if unit is None and by_unit and len(periods) > 1:
        names = unit_names(units, periods[-1].last)
        told = {(line.period, line.unit) for line in lines if line.of == Of.UNIT}
        absent = ((period.code, sorted(names[pk][0] for pk in units if (period.pk, pk) not in told and pk in names)) for period in periods)
        made.missing = [(code, units) for code, units in absent if units]
    return made


def _in_its_place(line: Read, periods: Sequence[ReportingPeriod]) -> Sequence[int]:
    """The counts of a line as `table.over_time` takes them: those of a moment from one period only."""
    if len(periods) == 1:
        return line.numbers
    only = _only(periods)
    return [number if only.get(name, line.period) == line.period else 0 for name, number in zip(table.NAMES, line.numbers, strict=True)]


def _only(periods: Sequence[ReportingPeriod]) -> dict[str, int]:
    """Columns that tell of one moment: which period's counts they take."""
    return dict.fromkeys(table.AT_START, periods[0].pk) | dict.fromkeys(table.AT_END, periods[-1].pk)


def table_of(periods: Sequence[ReportingPeriod], code: str, rollups: QuerySet[Rollup], *, unit: int | None = None) -> Figures:
    """The table made from any totals: the published ones, or those of a batch that is looked at."""
    found = rollups.filter(period_id__in=[period.pk for period in periods])
    if unit is not None:
        found = found.filter(unit_id=unit)
    sums = _sums(periods)
    by_field = list(
        found.values("field_id", "field__name", "field__slug").annotate(at=Max("batch__as_of"), **sums)
        .values_list("at", "field__name", "field__slug", *sums)
    )  # fmt: skip
    fields = [Line(name or _("Several procedures together"), slug or "", _counts(numbers), merged=slug is None) for _at, name, slug, *numbers in by_field]
    fields.sort(key=lambda line: (line.merged, -line.counts.received))
    units = {pk: _counts(numbers) for pk, *numbers in found.values("unit_id").annotate(**sums).values_list("unit_id", *sums)}
    as_of = max((row[0] for row in by_field if row[0]), default=None)
    return Figures(code, periods, unit, as_of, table.total(line.counts for line in fields), fields, _unit_lines(units, periods[-1]), found)


def _counts(numbers: Iterable[int | None]) -> Counts:
    """Sums as counts; a sum over no row is none."""
    return Counts(*(number or 0 for number in numbers))


def _sums(periods: Sequence[ReportingPeriod]) -> dict[str, Sum]:
    """The columns over periods that follow each other, as `table.over_time` adds them."""
    only = _only(periods)
    return {f"n_{name}": Sum(name, filter=Q(period=only[name]) if name in only and len(periods) > 1 else None) for name in table.NAMES}


def _unit_lines(found: dict[int, Counts], last: ReportingPeriod) -> list[Line]:
    names = unit_names(found, last.last) if found else {}
    return sorted((Line(*names.get(pk, (f"#{pk}", "")), counts) for pk, counts in found.items()), key=lambda line: line.name)


def unit_names(pks: Collection[int], day: date) -> dict[int, tuple[str, str]]:
    """Number → (name, slug) as of a day; kept in memory until the next commit of anything."""
    if connection.in_atomic_block:  # what this transaction wrote is not committed: nothing of it may be kept
        return organizations.names_on(pks, day)
    key = f"db.procedures.names.{day}"
    known: dict[int, tuple[str, str]] = cache.get(key) or {}
    if not known.keys() >= set(pks):
        known = known | organizations.names_on(pks, day)
        cache.set(key, known)
    return known


def previous_of(first: ReportingPeriod, unit: int | None, alias: str) -> Counts | None:
    """The period that ends the day before, when it was published."""
    found = Rollup.objects.using(alias).filter(
        batch__state=Batch.State.PUBLISHED, period__scheme=first.scheme, period__kind=first.kind, period__last__lt=first.first,
        period__last__gte=first.first - (first.last - first.first) * 2,
    ).order_by("-period__last")
    if unit is not None:
        found = found.filter(unit_id=unit)
    rows = list(found.filter(period_id=Subquery(found.values("period_id")[:1])).select_related("period"))
    if not rows or (first.first - rows[0].period.last).days != 1:
        return None
    return table.total(row.counts for row in rows)


Published = tuple[Counts, datetime | None]


def over_days(first: date, last: date, units: Collection[int]) -> Published | None:
    """The published totals of some units over a stretch of days, and their as-of instant.

    The period of exactly these days when it was published as such, else the published months inside,
    which must reach from the first day on without a gap: a missing month would pass for a small number.
    """
    return over_stretches([(first, last, units)])[0]


def over_stretches(asked: Sequence[tuple[date, date, Collection[int]]]) -> list[Published | None]:
    """The same for several stretches, in one query where they do not overlap."""
    in_turn = sorted(asked, key=lambda stretch: stretch[0])
    if any(later[0] <= earlier[1] for earlier, later in pairwise(in_turn)):
        return [over_days(*stretch) for stretch in asked]
    inside = (Q(period__first__gte=first, period__last__lte=last, unit_id__in=list(units)) for first, last, units in asked)
    rows = Rollup.objects.using(database()).filter(reduce(or_, inside), batch__state=Batch.State.PUBLISHED, period__scheme=CALENDAR)
    days = ("period__kind", "period__first", "period__last")
    each = list(rows.order_by().values(*days).annotate(at=Max("batch__as_of"), **{f"n_{name}": Sum(name) for name in table.NAMES}))
    return [_over_days(first, last, [row for row in each if first <= row["period__first"] and row["period__last"] <= last]) for first, last, _units in asked]


def _over_days(first: date, last: date, each: list[dict[str, Any]]) -> Published | None:
    whole = [row for row in each if (row["period__first"], row["period__last"]) == (first, last)]
    used = whole[:1] or sorted((row for row in each if row["period__kind"] == "month"), key=lambda row: row["period__first"])
    starts = [first, *(row["period__last"] + timedelta(days=1) for row in used)]
    if not used or any(row["period__first"] != start for row, start in zip(used, starts, strict=False)):
        return None
    counts = table.over_time(_counts(row[f"n_{name}"] for name in table.NAMES) for row in used)
    return counts, max((row["at"] for row in used if row["at"]), default=None)


def trend(scheme: str = CALENDAR, *, unit: int | None = None, months: int = 13) -> list[tuple[str, Counts]]:
    """The last months with published figures, oldest first: (code, total)."""
    rows = PeriodTotal.objects.using(database()).filter(period__scheme=scheme, period__kind="month")
    rows = rows.filter(of=Of.WHOLE) if unit is None else rows.filter(of=Of.UNIT, unit_id=unit)
    newest = list(rows.order_by("-period__first").values_list("period__code", *table.NAMES)[:months])
    return [(code, Counts(*counts)) for code, *counts in reversed(newest)]


def units_with_figures(scheme: str = CALENDAR) -> dict[int, tuple[str, str]]:
    """Units that appear in published figures: number → (name, slug)."""
    lines = PeriodTotal.objects.using(database()).filter(period__scheme=scheme, of=Of.UNIT)
    pks = list(lines.order_by().values_list("unit_id", flat=True).distinct())
    last = lines.aggregate(last=Max("period__last"))["last"]
    names = unit_names(pks, last) if last else {}
    return {pk: names[pk] for pk in pks if pk in names}


def span_and_sources() -> tuple[dict[str, Any], list[str]]:
    """The same, with the names of the systems that exports come from: one query when there are any."""
    published = Batch.objects.filter(state=Batch.State.PUBLISHED)
    each = {
        "first_day": published.order_by("period__first").values("period__first"), "last_day": published.order_by("-period__last").values("period__last"),
        "last_at": published.order_by("-published_at").values("published_at"),
    }  # fmt: skip
    found = list(Source.objects.order_by("name").annotate(**{name: Subquery(query[:1]) for name, query in each.items()}))
    if not found:
        return span_of_publication(), []
    first: Any = found[0]
    return {"first": first.first_day, "last": first.last_day, "at": first.last_at}, [source.name for source in found]


def span_of_publication() -> dict[str, Any]:
    """From when to when figures are published, and when last: for honest empty places."""
    return Batch.objects.filter(state=Batch.State.PUBLISHED).aggregate(first=Min("period__first"), last=Max("period__last"), at=Max("published_at"))
