"""Add up what people see of a period from the totals of its published batches."""

from __future__ import annotations

from django.db.models import Max, Sum

from kheo.procedures.models import Batch, PeriodTotal, ReportingPeriod, Rollup
from kheo.procedures.rules import table

Of = PeriodTotal.Of
Key = tuple[str, int | None, int | None]


def sum_up(period: ReportingPeriod | int) -> None:
    """Write the lines of a period anew, inside the caller's transaction: readers see all the old ones
    or all the new ones."""
    pk = period if isinstance(period, int) else period.pk
    PeriodTotal.objects.filter(period_id=pk).delete()
    PeriodTotal.objects.bulk_create(added_up(pk).values())


def added_up(period: int) -> dict[Key, PeriodTotal]:
    """The lines of a period as the totals of its published batches give them; writes nothing."""
    rollups = Rollup.objects.filter(period_id=period, batch__state=Batch.State.PUBLISHED).order_by()
    sums = {f"n_{name}": Sum(name) for name in table.NAMES}
    found: dict[Key, PeriodTotal] = {}
    for of, group in ((Of.WHOLE, "period_id"), (Of.FIELD, "field_id"), (Of.UNIT, "unit_id")):
        for key, at, *numbers in rollups.values(group).annotate(at=Max("batch__as_of"), **sums).values_list(group, "at", *sums):
            field, unit = key if of == Of.FIELD else None, key if of == Of.UNIT else None
            found[of, field, unit] = PeriodTotal(
                period_id=period, of=of, field_id=field, unit_id=unit, as_of=at, **dict(zip(table.NAMES, numbers, strict=True)))
    return found


def unequal(period: int) -> bool:
    """Whether the stored lines of a period say something else than the totals of its batches."""
    stored = {(str(line.of), line.field_id, line.unit_id): (line.counts, line.as_of) for line in PeriodTotal.objects.filter(period_id=period)}
    return stored != {(str(of), field, unit): (line.counts, line.as_of) for (of, field, unit), line in added_up(period).items()}
