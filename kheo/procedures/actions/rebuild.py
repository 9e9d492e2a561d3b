"""Count the published totals anew from the facts, and compare."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from kheo.procedures.actions import sum_up
from kheo.procedures.models import Batch, DossierFact, ReportingPeriod, Rollup
from kheo.procedures.rules import table


@dataclass(frozen=True)
class Difference:
    """Totals of one unit and field of a batch that did not say what the facts say."""

    batch: int
    unit: int
    field: int | None
    stored: table.Counts
    counted: table.Counts


def counted(batch: Batch) -> dict[tuple[int, int | None], table.Counts]:
    """The totals of a batch, from its facts."""
    found: dict[tuple[int, int | None], dict[str, int]] = {}
    rows = DossierFact.objects.filter(batch=batch).values_list("unit_id", "public_field_id", "carried", "channel", "outcome").annotate(n=Count("id"))
    for unit, field, carried, channel, outcome, n in rows.order_by():
        counts = found.setdefault((unit, field), dict.fromkeys(table.NAMES, 0))
        counts["carried" if carried else "online" if channel == "online" else "direct"] += n
        counts[outcome] += n
    return {key: table.Counts(**counts) for key, counts in found.items()}


def compare(batch: Batch) -> list[Difference]:
    """Where the stored totals of a batch differ from its facts."""
    stored = {(row.unit_id, row.field_id): row.counts for row in batch.rollups.all()}
    facts = counted(batch)
    none = table.Counts()
    return [
        Difference(batch.pk, unit, field, stored.get((unit, field), none), facts.get((unit, field), none))
        for unit, field in sorted({*stored, *facts}, key=str) if stored.get((unit, field), none) != facts.get((unit, field), none)
    ]


def rebuild(batch: Batch) -> list[Difference]:
    """Write the totals of a batch anew; returns what was different. Facts are never touched."""
    with transaction.atomic():
        Batch.objects.select_for_update().get(pk=batch.pk)
        found = compare(batch)
        if found:
            batch.rollups.all().delete()
            Rollup.objects.bulk_create([
                Rollup(batch=batch, period_id=batch.period_id, unit_id=unit, field_id=field, **{name: getattr(counts, name) for name in table.NAMES})
                for (unit, field), counts in counted(batch).items()
            ])
            sum_up.sum_up(batch.period_id)
    return found


def unequal_periods() -> list[ReportingPeriod]:
    """Periods whose published lines say something else than the totals of their batches."""
    return [period for period in ReportingPeriod.objects.filter(batches__state=Batch.State.PUBLISHED).distinct() if sum_up.unequal(period.pk)]


def rebuild_periods() -> list[ReportingPeriod]:
    """Add the published lines up anew where they differ; returns those periods."""
    found = unequal_periods()
    for period in found:
        with transaction.atomic():
            sum_up.sum_up(period)
    return found
