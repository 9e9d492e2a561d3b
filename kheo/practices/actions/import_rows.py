"""Write understood rows as registered practices: the bulk side of an import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core import jobs
from kheo.core.models import Job
from kheo.core.rules import text
from kheo.movements import queries as movements
from kheo.movements.models import Cycle, Milestone
from kheo.movements.rules import Window
from kheo.practices.actions import numbering
from kheo.practices.models import ImportBatch, ImportedRow, Practice, Resource, Transition
from kheo.practices.rules import State
from kheo.practices.rules import search as rules
from kheo.practices.sources import Understood

CHUNK = 500
NOON = time(12)


def write_rows(rows: Sequence[Understood], *, batch: ImportBatch, by: Any, job: Job | None = None) -> list[Practice]:
    """Register every row as SUBMITTED, with receipt, step, audit row and the link to its cell.

    Runs inside the caller's transaction; a few statements per CHUNK rows.
    """
    receipts = numbering.receipts(batch.cycle, len(rows))
    on_time = _on_time(batch.cycle)
    made: list[Practice] = []
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        made += _write_chunk(chunk, receipts[start : start + CHUNK], batch=batch, by=by, on_time=on_time)
        if job is not None:
            done = min(start + CHUNK, len(rows))
            jobs.report(job, done, len(rows), _("Registering practice %(done)s of %(total)s") % {"done": done, "total": len(rows)})
    return made


def _on_time(cycle: Cycle) -> Callable[[date], bool]:
    """Whether a registration of a day is on time; each day is asked of the database once."""
    return cache(lambda day: movements.window(cycle, Milestone.Kind.REGISTRATION, day) in (Window.NOT_OPEN, Window.OPEN))


def _write_chunk(rows: Sequence[Understood], receipts: Sequence[str], *, batch: ImportBatch, by: Any, on_time: Callable[[date], bool]) -> list[Practice]:
    now = timezone.now()
    practices = Practice.objects.bulk_create(
        [_practice(row, receipt, batch=batch, now=now, on_time=on_time) for row, receipt in zip(rows, receipts, strict=True)]
    )
    user = by if getattr(by, "pk", None) else None
    Transition.objects.bulk_create(
        Transition(practice=p, verb="register", from_state=State.DRAFT, to_state=State.SUBMITTED, by=user, by_name=str(by)[:200], at=now)
        for p in practices
    )
    Resource.objects.bulk_create(
        Resource(practice=p, kind=Resource.Kind.MONEY, amount=row.money, unit="đồng")
        for p, row in zip(practices, rows, strict=True) if row.money
    )
    ImportedRow.objects.bulk_create(
        ImportedRow(batch=batch, sheet=row.sheet[:100], row=row.row, fingerprint=row.fingerprint(batch.cycle), practice=p)
        for p, row in zip(practices, rows, strict=True)
    )
    record.record_many(
        [record.Event("practices.register", p, {"batch": batch.pk, "sheet": row.sheet, "row": row.row})
         for p, row in zip(practices, rows, strict=True)], by=by,
    )
    return practices


def _practice(row: Understood, receipt: str, *, batch: ImportBatch, now: datetime, on_time: Callable[[date], bool]) -> Practice:
    """The day of registration is the row's own, else the day the list was received: reports count by it."""
    day = row.registered_on or batch.received_on or timezone.localdate(now)
    unit = str(row.organization or row.organization_text)
    return Practice(
        cycle=batch.cycle, receipt_number=receipt, slug=numbering.slug(row.title, receipt), kind=row.kind, subject=row.subject,
        stage=row.stage, field=row.field, organization=row.organization, organization_text=row.organization_text, ward=row.ward,
        title=row.title, situation=row.situation, objectives=row.objectives, content=row.content, area_text=row.area_text,
        sustainability=row.spread, starts_on=row.starts_on, ends_on=row.ends_on, state=State.SUBMITTED, state_since=now,
        registered_at=now if day == timezone.localdate(now) else timezone.make_aware(datetime.combine(day, NOON)),
        on_time=on_time(day), registered_by=None, title_folded=text.fold(row.title)[:320],
        folded=rules.search_text(row.title, unit, str(row.ward or "")), sort_key=text.collation_key(row.title)[:400],
    )
