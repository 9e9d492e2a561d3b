"""Due dates that the working calendar gave, as the calendar's dependents see them.

Only dossiers whose export named no due date have one of ours; those of published batches move, and how
they count is judged anew with the rule and as-of instant of their batch. A dossier whose clock stopped
at a request for a supplement keeps its date: the moment of the request is not kept, so it could not be
judged again. Bring its export again instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from kheo.audit.actions import record
from kheo.core.rules.dates import VIETNAM, local_clock
from kheo.procedures.actions import publish, rebuild
from kheo.procedures.models import Batch, DossierFact, ProcedureVersion
from kheo.procedures.queries import deadlines
from kheo.procedures.rules.outcome import End, Events, judge
from kheo.workdays.dependents import CalendarOf, Move

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Moved:
    """A dossier whose computed due moment the calendar now gives differently (local, naive)."""

    fact: DossierFact
    before: datetime
    after: datetime


def preview(calendar_of: CalendarOf) -> Iterator[Move]:
    """One line per batch and pair of days: how many dossiers would move."""
    for batch in _batches():
        counts: dict[tuple[date, date], int] = {}
        for moved in _moved(batch, calendar_of):
            pair = moved.before.date(), moved.after.date()
            counts[pair] = counts.get(pair, 0) + 1
        for (before, after), n in sorted(counts.items()):
            words = ngettext("%(n)s dossier", "%(n)s dossiers", n) % {"n": n}
            yield Move(f"{batch.unit}, {batch.period.code}: {words}", reverse("procedures_desk:batch", args=[batch.pk]), before, after)


def recompute(calendar_of: CalendarOf, by: Any) -> int:
    """Write the due moments the calendar gives, judge those dossiers anew, count the totals anew."""
    total = 0
    with transaction.atomic():
        for batch in _batches():
            found = list(_moved(batch, calendar_of))
            if not found:
                continue
            for moved in found:
                _judge_again(batch, moved)
            facts = [moved.fact for moved in found]
            DossierFact.objects.bulk_update(facts, ["due_at", "outcome"], batch_size=MOST_AT_ONCE)
            different = rebuild.rebuild(batch)
            record.record("procedures.recompute_due", batch, by=by, label=f"{batch.unit} {batch.period.code}", rows=len(found), changed=len(different))
            total += len(found)
        if total:
            publish.raise_number()
    return total


def _batches() -> Iterator[Batch]:
    """Published batches with due moments of ours."""
    with_ours = DossierFact.objects.filter(due_computed=True, batch__state=Batch.State.PUBLISHED).values_list("batch_id", flat=True).distinct()
    yield from Batch.objects.filter(pk__in=list(with_ours)).select_related("unit", "period", "counting").defer("mapping", "report").order_by("pk")


def _moved(batch: Batch, calendar_of: CalendarOf) -> Iterator[Moved]:
    deadline = deadlines.Deadlines(calendar_of(batch.unit, batch.period.last))
    facts = DossierFact.objects.filter(batch=batch, due_computed=True).exclude(end=End.SUPPLEMENT)
    versions = ProcedureVersion.objects.in_bulk(list(facts.values_list("version_id", flat=True).distinct()))
    for fact in facts.order_by("pk"):
        version = versions.get(fact.version_id or 0)
        after = deadline.due(local_clock(fact.received_at), version) if version else None
        before = local_clock(fact.due_at) if fact.due_at else None
        if after is not None and before is not None and after != before:
            yield Moved(fact, before, after)


def _judge_again(batch: Batch, moved: Moved) -> None:
    fact = moved.fact
    ended = local_clock(fact.ended_at) if fact.ended_at else None
    events = Events(
        local_clock(fact.received_at), moved.after, done=ended if fact.end == End.DONE else None, returned=ended if fact.end == End.RETURNED else None,
        closed=ended if fact.end == End.CLOSED else None, supplements=fact.supplements, waited=timedelta(minutes=fact.waited_minutes),
    )
    if batch.as_of is None or batch.counting is None:
        raise ValueError(f"batch {batch.pk} was never judged")
    fact.due_at = moved.after.replace(tzinfo=VIETNAM)
    fact.outcome = judge(events, local_clock(batch.as_of), batch.counting.counting).outcome.value
