"""Bring an export in: from the command line and watched folder at once, from the desk in two steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from kheo.audit.actions import record
from kheo.core.verdicts import require
from kheo.organizations.models import Organization
from kheo.procedures import policy
from kheo.procedures.actions import marking, prepare, publish, write_facts
from kheo.procedures.models import Batch, ReportingPeriod, Source
from kheo.procedures.rules import personal
from kheo.procedures.sources.check import Checked
from kheo.procedures.sources.reading import Tell

READ_BY = "read_by"


@dataclass(frozen=True)
class Done:
    """What became of an import: the report of the contract and the batch (None in a trial run)."""

    report: dict[str, Any]
    batch: Batch | None = None
    marked: bytes = b""


def unchanged(sha256: str, *, unit: Organization, period: ReportingPeriod, origin: Source | None, good_rows: bool) -> Batch | None:
    """The published batch when it came from the very same file, taken in the same way and read by the
    same labels, catalogue and rule: after one of them was completed the same file tells something new."""
    found = publish.current_batch(unit, period)
    if found is None or found.sha256 != sha256 or (found.good_rows and not good_rows):
        return None
    return found if found.mapping.get(READ_BY, "") in ("", prepare.read_by(origin, period)) else None


def import_results(
    source: Path | bytes, filename: str, *, unit: Organization, period: ReportingPeriod, by: Any, origin: Source | None = None,
    good_rows: bool = False, dry_run: bool = False, as_of: datetime | None = None, tell: Tell | None = None,
) -> Done:
    """Check an export and publish it in one transaction; with errors nothing is published unless
    `good_rows`. The same file again changes nothing. Raises Refused, Conflict, InvalidInput."""
    require(policy.may(by, "import", unit.pk))
    sha256 = prepare.fingerprint(source)
    same = unchanged(sha256, unit=unit, period=period, origin=origin, good_rows=good_rows)
    if same is not None:
        report = {"rows": same.rows, "accepted": 0, "unchanged": same.accepted, "warnings": [], "errors": same.report.get("errors", []), "batch": same.pk}
        return Done(report, same)
    seen = publish.current_batch(unit, period)
    checked = prepare.prepare(source, filename, unit=unit, period=period, origin=origin, as_of=as_of, tell=tell)
    errors = checked.reading.problems.counts["error"]
    accepted = len(checked.dossiers) if good_rows or not errors else 0
    marked = marking.marked(source, checked)
    if dry_run:
        return Done(prepare.report(checked, accepted=accepted, batch=None), None, marked)
    with transaction.atomic():
        batch = new_batch(filename, sha256, unit=unit, period=period, origin=origin, by=by, good_rows=good_rows)
        stage(batch, checked, seen=seen, accepted=accepted)
        record.record("procedures.import", batch, by=by, sha256=sha256, rows=batch.rows, accepted=accepted, errors=errors)
        if accepted:
            batch = publish.publish(batch, by=by)
    return Done(batch.report, batch, marked)


def new_batch(
    filename: str, sha256: str, *, unit: Organization, period: ReportingPeriod, origin: Source | None, by: Any, good_rows: bool = False,
) -> Batch:
    """The row of a batch. Names of files may name people, so they are cleaned."""
    return Batch.objects.create(
        unit=unit, period=period, source=origin, filename=personal.cleaned_title(Path(filename).name)[:200], sha256=sha256,
        good_rows=good_rows, by=by if getattr(by, "pk", None) else None, by_name=str(by)[:200], at=timezone.now(),
    )


def stage(batch: Batch, checked: Checked, *, seen: Batch | None, accepted: int) -> Batch:
    """Write the good dossiers of a checked file under its batch, not published yet."""
    batch.counting, batch.as_of = checked.rule, checked.as_of
    batch.rows, batch.accepted = checked.reading.total, accepted
    batch.mapping = {**checked.reading.as_mapping(), READ_BY: prepare.read_by(batch.source, batch.period)}
    batch.report = prepare.report(checked, accepted=accepted, batch=batch.pk)
    batch.seen_current = seen.pk if seen else None
    batch.state = Batch.State.CHECKED if accepted else Batch.State.REFUSED
    if accepted:
        write_facts.write_facts(checked, batch)
    batch.save()
    return batch

