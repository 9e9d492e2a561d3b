"""Take an upload and check it in the background; the file itself is gone as soon as it was read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core import jobs
from kheo.core.errors import Conflict, DomainError, InvalidInput
from kheo.core.messages import describe
from kheo.core.models import Job
from kheo.core.spreadsheets.problems import Problem
from kheo.core.verdicts import require
from kheo.organizations.models import Organization
from kheo.procedures import policy
from kheo.procedures.actions import import_results, marking, prepare, publish
from kheo.procedures.models import Batch, ReportingPeriod, Source
from kheo.procedures.sources.check import Checked

ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt")


def receive(data: bytes, filename: str, *, unit: Organization, period: ReportingPeriod, origin: Source | None, by: Any) -> Batch:
    """Keep an upload as a batch that waits to be checked.

    Raises Refused, or Conflict when the same file is published for this unit and period already.
    """
    require(policy.may(by, "import", unit.pk))
    sha256 = prepare.fingerprint(data)
    same = import_results.unchanged(sha256, unit=unit, period=period, origin=origin, good_rows=True)
    if same is not None:
        raise Conflict(_("This very file is published already (batch %(batch)s); nothing changes.") % {"batch": same.pk})
    ending = Path(filename).suffix.lower()
    with transaction.atomic():
        batch = import_results.new_batch(filename, sha256, unit=unit, period=period, origin=origin, by=by)
        batch.upload.save(f"{batch.pk}{ending if ending in ENDINGS else '.bin'}", ContentFile(data), save=True)
        record.record("procedures.receive", batch, by=by, sha256=sha256)
    return batch


@jobs.register("procedures.check")
def check_received(job: Job) -> dict[str, Any]:
    """Background: read and check an upload, write its good rows under the batch, unpublished."""
    batch = Batch.objects.select_related("unit", "period", "source", "by").get(pk=job.arguments["batch"])
    if batch.state != Batch.State.RECEIVED or not batch.upload:
        return {"batch": batch.pk}

    def tell(done: int, total: int) -> None:
        jobs.report(job, done, total, _("Reading row %(done)s of %(total)s") % {"done": done, "total": total})

    seen, path = publish.current_batch(batch.unit, batch.period), Path(batch.upload.path)
    try:
        checked = prepare.prepare(path, batch.filename, unit=batch.unit, period=batch.period, origin=batch.source, tell=tell)
    except DomainError as error:
        _refuse(batch, error, job)
        raise
    try:
        return _keep(batch, checked, marking.marked(path, checked), seen, job)
    except (DatabaseError, OSError) as error:
        raise DomainError(
            _("The results could not be written (%(kind)s); nothing was saved.") % {"kind": type(error).__name__},
            remedy=_("Check the free space of the server's disk, then bring the file again."),
        ) from error


def _keep(batch: Batch, checked: Checked, content: bytes, seen: Batch | None, job: Job) -> dict[str, Any]:
    """Write everything about a checked upload in one transaction."""
    errors = checked.reading.problems.counts["error"]
    with transaction.atomic():
        batch.good_rows = bool(errors)
        import_results.stage(batch, checked, seen=seen, accepted=len(checked.dossiers))
        if content:
            batch.marked_file.save(f"da-danh-dau-{batch.pk}.xlsx", ContentFile(content), save=True)
        record.record("procedures.check", batch, by=batch.by, rows=batch.rows, accepted=batch.accepted, errors=errors)
        _drop(batch)
        result = {"batch": batch.pk, "rows": batch.rows, "errors": errors}
        jobs.complete(job, result)
    return result


def _refuse(batch: Batch, error: DomainError, job: Job) -> None:
    """Keep why a file could not be checked at all."""
    problem = Problem("", "", value=batch.filename, message=describe(error))
    with transaction.atomic():
        batch.state = Batch.State.REFUSED
        batch.report = {"rows": 0, "accepted": 0, "unchanged": 0, "warnings": [], "errors": [problem.as_dict()], "batch": batch.pk}
        batch.save(update_fields=["state", "report"])
        _drop(batch)


def _drop(batch: Batch) -> None:
    """Delete the upload once the database says that it is not needed any more."""
    storage, name = batch.upload.storage, batch.upload.name
    batch.upload = ""
    batch.save(update_fields=["upload"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def discard(batch: Batch, *, by: Any) -> Batch:
    """Set a checked or waiting batch aside; its dossiers are deleted, its report stays."""
    require(policy.may(by, "import", batch.unit_id))
    with transaction.atomic():
        fresh = Batch.objects.select_for_update().get(pk=batch.pk)
        if fresh.state not in (Batch.State.RECEIVED, Batch.State.CHECKED):
            raise Conflict(_("Only a batch that is not published can be discarded."))
        fresh.facts.all().delete()
        fresh.rollups.all().delete()
        fresh.state = Batch.State.DISCARDED
        fresh.save(update_fields=["state"])
        _drop(fresh)
        record.record("procedures.discard", fresh, by=by)
    return fresh


def unit_or_refuse(unit: Organization | None) -> Organization:
    """The unit, or a refusal in words where none was found."""
    if unit is None:
        raise InvalidInput(_("No unit carries this code."))
    return unit
