"""Published figures, read from the totals of published batches; never from single dossiers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.utils.translation import gettext as _

from kheo.core.rules import periods as core_periods
from kheo.organizations import queries as organizations
from kheo.procedures.models import (
    Batch,
    Publication,
    ReportingPeriod,
    Rollup,
    Source,
)
from kheo.procedures.rules import table
from kheo.procedures.rules.periods import CALENDAR
from kheo.procedures.rules.table import Counts

REPLICA = "replica"


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
    comes from is asked of the database only when somebody looks."""

    code: str
    periods: Sequence[ReportingPeriod]
    rollups: QuerySet[Rollup]
    unit: int | None
    as_of: datetime | None
    total: Counts
    fields: list[Line] = field(default_factory=list)
    units: list[Line] = field(default_factory=list)

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
        found = Batch.objects.using(self.rollups.db).filter(pk__in=self.rollups.values("batch_id"))
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
    rows = published(scheme).order_by("-period__first", "-period__last").values_list("period__code", "period__kind").distinct()
    found = list(dict.fromkeys(rows))
    months = [code for code, kind in found if kind == "month"]
    wider = dict.fromkeys(wide for code in months for wide in (_quarter(code), code[:4]))
    return [*(code for code, _kind in found), *(code for code in wider if code not in dict(found))]


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:7]) - 1) // 3 + 1}"


def latest(scheme: str = CALENDAR) -> str | None:
    """The newest month (else the newest period) with published figures."""
    found = published(scheme).order_by("-period__first", "-period__last")
    return found.filter(period__kind="month").values_list("period__code", flat=True).first() or found.values_list("period__code", flat=True).first()


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
    """The published table of a period, of all units or of one; None when nothing is published."""
    periods = periods_of(code, scheme)
    if not periods:
        return None
    return table_of(periods, code, Rollup.objects.using(database()).filter(batch__state=Batch.State.PUBLISHED), unit=unit)


def headline(scheme: str = CALENDAR) -> Figures | None:
    """The total of the newest published month (else period), in one query; None when nothing is published."""
    newest = ReportingPeriod.objects.filter(scheme=scheme, batches__state=Batch.State.PUBLISHED)
    newest = newest.order_by(Case(When(kind="month", then=0), default=1), "-first", "-last")
    rollups = Rollup.objects.using(database()).filter(batch__state=Batch.State.PUBLISHED, period_id=Subquery(newest.values("pk")[:1]))
    sums = {f"n_{name}": Sum(name) for name in table.NAMES}
    parts = ("id", "scheme", "code", "kind", "first", "last")
    row = next(iter(rollups.values(*(f"period__{name}" for name in parts)).annotate(at=Max("batch__as_of"), **sums)), None)
    if row is None:
        return None
    period = ReportingPeriod(**{name: row[f"period__{name}"] for name in parts})
    return Figures(period.code, [period], rollups, None, row["at"], Counts(*(row[name] for name in sums)))


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
    return Figures(code, periods, found, unit, as_of, table.total(line.counts for line in fields), fields, _unit_lines(units, periods[-1]))


def _counts(numbers: Iterable[int | None]) -> Counts:
    """Sums as counts; a sum over no row is none."""
    return Counts(*(number or 0 for number in numbers))


def _sums(periods: Sequence[ReportingPeriod]) -> dict[str, Sum]:
    """The columns over periods that follow each other, as `table.over_time` adds them: carried over
    before the first, open at the end of the last."""
    only = {"carried": periods[0].pk, "open": periods[-1].pk, "open_overdue": periods[-1].pk, "open_undated": periods[-1].pk}
    return {f"n_{name}": Sum(name, filter=Q(period=only[name]) if name in only and len(periods) > 1 else None) for name in table.NAMES}


def _unit_lines(found: dict[int, Counts], last: ReportingPeriod) -> list[Line]:
    names = organizations.names_on(found, last.last)
    return sorted((Line(*names.get(pk, (f"#{pk}", "")), counts) for pk, counts in found.items()), key=lambda line: line.name)


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


def over_days(first: date, last: date, units: Collection[int]) -> tuple[Counts, datetime | None] | None:
    """The published totals of some units over a stretch of days, and their as-of instant.

    The period of exactly these days when it was published as such, else the published months inside,
    which must reach from the first day on without a gap: a missing month would pass for a small number.
    """
    inside = ReportingPeriod.objects.using(database()).filter(scheme=CALENDAR, first__gte=first, last__lte=last)
    rows = Rollup.objects.using(database()).filter(batch__state=Batch.State.PUBLISHED, unit_id__in=list(units), period__in=inside)
    used = {period.pk: period for period in inside.filter(pk__in=rows.values("period_id"))}
    whole = [period for period in used.values() if (period.first, period.last) == (first, last)]
    periods = whole[:1] or sorted((period for period in used.values() if period.kind == "month"), key=lambda period: period.first)
    starts = [first, *(period.last + timedelta(days=1) for period in periods)]
    if not periods or any(period.first != start for period, start in zip(periods, starts, strict=False)):
        return None
    sums = _sums(periods)
    found = rows.filter(period__in=[period.pk for period in periods]).aggregate(at=Max("batch__as_of"), **sums)
    return _counts(found[name] for name in sums), found["at"]


def trend(scheme: str = CALENDAR, *, unit: int | None = None, months: int = 13) -> list[tuple[str, Counts]]:
    """The last months with published figures, oldest first: (code, total)."""
    rows = Rollup.objects.using(database()).filter(batch__state=Batch.State.PUBLISHED, period__scheme=scheme, period__kind="month")
    if unit is not None:
        rows = rows.filter(unit_id=unit)
    recent = ReportingPeriod.objects.filter(Exists(rows.filter(period=OuterRef("pk")))).order_by("-first").values("pk")[:months]
    sums = {f"n_{name}": Sum(name) for name in table.NAMES}
    summed = rows.filter(period_id__in=recent).values("period__code").annotate(**sums).order_by("period__first").values_list("period__code", *sums)
    return [(code, Counts(*counts)) for code, *counts in summed]


def units_with_figures(scheme: str = CALENDAR) -> dict[int, tuple[str, str]]:
    """Units that appear in published figures: number → (name, slug)."""
    counted = Rollup.objects.using(database()).filter(batch__in=published(scheme)).values_list("unit_id", flat=True).distinct()
    pks = counted if counted.db == "default" else list(counted)  # units are read here, never on the replica
    last = ReportingPeriod.objects.filter(batches__state=Batch.State.PUBLISHED, scheme=scheme).order_by("-last").first()
    return organizations.names_on(pks, last.last) if last else {}


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
