"""Published figures, read from the totals of published batches; never from single dossiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, Max, Min, OuterRef, QuerySet, Subquery, When
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
    """The table of one period: the total, rows by field and by unit, what was checked, where from."""

    code: str
    first: Any
    last: Any
    as_of: datetime | None
    total: Counts
    fields: list[Line] = field(default_factory=list)
    units: list[Line] = field(default_factory=list)
    previous: Counts | None = None
    batches: list[Batch] = field(default_factory=list)

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
    rows = list(
        Rollup.objects.using(database()).filter(batch__state=Batch.State.PUBLISHED, period_id=Subquery(newest.values("pk")[:1]))
        .select_related("period", "batch")
    )
    if not rows:
        return None
    period = rows[0].period
    at = max((row.batch.as_of for row in rows if row.batch.as_of), default=None)
    return Figures(period.code, period.first, period.last, at, table.total(row.counts for row in rows))


def table_of(periods: Sequence[ReportingPeriod], code: str, rollups: QuerySet[Rollup], *, unit: int | None = None) -> Figures:
    """The table made from any totals: the published ones, or those of a batch that is looked at."""
    order = {period.pk: number for number, period in enumerate(periods)}
    found = rollups.filter(period_id__in=order)
    if unit is not None:
        found = found.filter(unit_id=unit)
    rows = list(found.select_related("field"))
    last = periods[-1]
    batches = list(
        Batch.objects.using(rollups.db).filter(pk__in={row.batch_id for row in rows})
        .select_related("unit", "period").prefetch_related("unit__versions").order_by("period__first", "pk")
    )
    units = {batch.unit_id: batch.unit for batch in batches}
    return Figures(
        code, periods[0].first, last.last, max((b.as_of for b in batches if b.as_of), default=None),
        _over(rows, order), _field_lines(rows, order), _unit_lines(rows, order, last, units), previous_of(periods[0], unit, rollups.db), batches,
    )


def _over(rows: Iterable[Rollup], order: dict[int, int]) -> Counts:
    months = [Counts()] * len(order)
    for row in rows:
        months[order[row.period_id]] += row.counts
    return table.over_time(months)


def _grouped(rows: Iterable[Rollup], key: str) -> dict[Any, list[Rollup]]:
    found: dict[Any, list[Rollup]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _field_lines(rows: list[Rollup], order: dict[int, int]) -> list[Line]:
    grouped = _grouped(rows, "field_id")
    known = {row.field_id: row.field for row in rows if row.field is not None}
    lines = [
        Line(known[pk].name, known[pk].slug, _over(part, order)) for pk, part in grouped.items() if pk in known
    ]
    lines.sort(key=lambda line: -line.counts.received)
    if None in grouped:
        lines.append(Line(_("Several procedures together"), "", _over(grouped[None], order), merged=True))
    return lines


def _unit_lines(rows: list[Rollup], order: dict[int, int], last: ReportingPeriod, units: dict[int, Any]) -> list[Line]:
    """`units` are those at hand with their versions; others are asked for."""
    grouped = _grouped(rows, "unit_id")
    names = {pk: (organizations.name_on(unit, last.last), unit.slug) for pk, unit in units.items()}
    if missing := grouped.keys() - names.keys():
        names |= unit_names(missing, last)
    lines = [Line(names[pk][0], names[pk][1], _over(part, order)) for pk, part in grouped.items()]
    return sorted(lines, key=lambda line: line.name)


def unit_names(pks: Iterable[int], period: ReportingPeriod) -> dict[int, tuple[str, str]]:
    """Name (as of the period) and slug of units; `pks` may be a query."""
    units = organizations.with_versions().filter(pk__in=pks if isinstance(pks, QuerySet) else list(pks))
    return {unit.pk: (organizations.name_on(unit, period.last), unit.slug) for unit in units}


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


def trend(scheme: str = CALENDAR, *, unit: int | None = None, months: int = 13) -> list[tuple[str, Counts]]:
    """The last months with published figures, oldest first: (code, total)."""
    rows = Rollup.objects.using(database()).filter(batch__state=Batch.State.PUBLISHED, period__scheme=scheme, period__kind="month")
    if unit is not None:
        rows = rows.filter(unit_id=unit)
    recent = ReportingPeriod.objects.filter(Exists(rows.filter(period=OuterRef("pk")))).order_by("-first").values("pk")[:months]
    found: dict[str, Counts] = defaultdict(Counts)
    for row in rows.filter(period_id__in=recent).select_related("period").order_by("period__first"):
        found[row.period.code] += row.counts
    return list(found.items())


def units_with_figures(scheme: str = CALENDAR) -> dict[int, tuple[str, str]]:
    """Units that appear in published figures: number → (name, slug)."""
    counted = Rollup.objects.using(database()).filter(batch__in=published(scheme)).values_list("unit_id", flat=True).distinct()
    pks = counted if counted.db == "default" else list(counted)  # units are read here, never on the replica
    last = ReportingPeriod.objects.filter(batches__state=Batch.State.PUBLISHED, scheme=scheme).order_by("-last").first()
    return unit_names(pks, last) if last else {}


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
