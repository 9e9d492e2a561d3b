"""Bring a workbook of practices into the registry: check first, then all or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.audit.actions import record
from kheo.core import jobs
from kheo.core.errors import InvalidInput
from kheo.core.models import Job
from kheo.core.rules import text
from kheo.core.spreadsheets.marked import marked_workbook
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.read import open_workbook
from kheo.core.spreadsheets.workbook import Workbook
from kheo.core.verdicts import ALLOWED, Verdict, refused, require
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices.actions import import_rows
from kheo.practices.models import ImportBatch, ImportedRow, Practice
from kheo.practices.rules import State
from kheo.practices.sources import Understanding, Understood, understand

SAMPLE = 10
ALIKE = 0.86


@dataclass
class Plan:
    """A checked workbook: what is new, what is there already, and the problems."""

    understanding: Understanding
    new: list[Understood] = field(default_factory=list)
    unchanged: int = 0

    def report(self, *, accepted: int, batch: int | None) -> dict[str, Any]:
        """The answer of the command, as the contract words it."""
        return {
            "rows": self.understanding.total,
            "accepted": accepted,
            "unchanged": self.unchanged,
            "warnings": [p.as_dict() for p in self.understanding.warnings],
            "errors": [p.as_dict() for p in self.understanding.errors],
            "batch": batch,
        }


def may_import(user: Any, unit: Organization) -> Verdict:
    """Officers import for units within their reach; the installation's owner for any."""
    if getattr(user, "is_superuser", False) or accounts.rights(user).holds([Role.RECEIVER], unit.pk):
        return ALLOWED
    return refused(_("You may import only for units in your charge."))


def check(data: bytes, filename: str, *, cycle: Cycle, unit: Organization, job: Job | None = None) -> Plan:
    """Understand the file and compare it with the registry. Writes nothing."""
    try:
        workbook = open_workbook(data, filename)
    except InvalidInput as error:
        return Plan(_unreadable(filename, error))

    def tell(done: int, total: int) -> None:
        if job is not None:
            jobs.report(job, done, total, _("Reading row %(done)s of %(total)s") % {"done": done, "total": total})

    plan = Plan(understand(workbook, cycle, unit, tell))
    _compare(plan, cycle)
    return plan


def _unreadable(filename: str, error: InvalidInput) -> Understanding:
    empty = Understanding(Workbook(filename, "", []))
    empty.problems.append(Problem.from_error(error, sheet="", cell="", value=filename))
    return empty


def _compare(plan: Plan, cycle: Cycle) -> None:
    """Sort rows into new and already there; warn of the same practice with other contents, and of look-alikes."""
    known_prints = set(
        ImportedRow.objects.filter(batch__cycle=cycle).exclude(practice__state=State.WITHDRAWN).values_list("fingerprint", flat=True)
    )
    existing = Practice.objects.filter(cycle=cycle).exclude(state__in=[State.WITHDRAWN, State.DRAFT])
    same: dict[tuple[str, str], str] = {}
    titles: dict[int | None, list[tuple[str, str]]] = {}
    for receipt, title, folded, unit, unit_text, ward in existing.values_list(
        "receipt_number", "title", "title_folded", "organization_id", "organization_text", "ward_id"
    ):
        same[(folded, str(unit) if unit else text.fold(unit_text))] = receipt or ""
        titles.setdefault(ward, []).append((receipt or "", title))
    for row in plan.understanding.rows:
        if row.fingerprint(cycle) in known_prints:
            plan.unchanged += 1
        elif row.identity() in same:
            plan.unchanged += 1
            _warn(plan, row, _("Already registered as %(receipt)s with other contents; the registry was left as it is.") % {"receipt": same[row.identity()]})
        else:
            plan.new.append(row)
            _warn_of_lookalike(plan, row, titles.get(row.ward.pk if row.ward else None, []))


def _warn_of_lookalike(plan: Plan, row: Understood, titles: list[tuple[str, str]]) -> None:
    own = set(text.fold(row.title).split())
    for receipt, title in titles:
        shared = own & set(text.fold(title).split())
        if len(shared) * 2 >= len(own) and text.similarity(row.title, title) >= ALIKE:
            _warn(plan, row, _("Looks like %(receipt)s “%(title)s” of the same ward.") % {"receipt": receipt, "title": title})
            return


def _warn(plan: Plan, row: Understood, message: Any) -> None:
    plan.understanding.problems.append(
        Problem(row.sheet, row.title_cell, "Tên mô hình", row.title, message=message, severity="warning")
    )


def import_practices(
    data: bytes, filename: str, *, cycle: Cycle, unit: Organization, by: Any, good_rows: bool = False,
    received_on: date | None = None, batch: ImportBatch | None = None, job: Job | None = None,
) -> ImportBatch:
    """Check the file and register its new rows in one transaction.

    Rows that name no day of registration get the day the list was received (default today).

    With errors nothing is imported unless `good_rows`; the batch keeps the report and the marked
    workbook either way. Importing the same file again accepts nothing and changes nothing.
    """
    require(may_import(by, unit))
    if cycle.closed_at is not None:
        raise InvalidInput(_("The cycle %(cycle)s is closed; its records are frozen.") % {"cycle": cycle})
    plan = check(data, filename, cycle=cycle, unit=unit, job=job)
    errors = plan.understanding.errors
    write = plan.new if good_rows or not errors else []
    with transaction.atomic():
        made = batch or _new_batch(data, filename, cycle=cycle, unit=unit, by=by, received_on=received_on)
        made.state = _state(errors, good_rows)
        if write:
            # Somebody may have registered meanwhile: look again now that the cycle is locked.
            Cycle.objects.select_for_update().get(pk=cycle.pk)
            import_rows.write_rows(write, batch=made, by=by, job=job)
        _keep(made, plan, accepted=len(write))
        made.job = job or made.job
        made.save()
        record.record("practices.import", made, by=by, rows=plan.understanding.total, accepted=len(write), errors=len(errors))
        if job is not None:
            jobs.complete(job, made.report)
    return made


def save_check(batch: ImportBatch, plan: Plan) -> ImportBatch:
    """Keep the outcome of a check on its batch, so that the officer can read it and decide."""
    batch.state = ImportBatch.State.CHECKED
    _keep(batch, plan, accepted=0)
    batch.save()
    return batch


def _state(errors: list[Problem], good_rows: bool) -> str:
    if not errors:
        return ImportBatch.State.IMPORTED
    return ImportBatch.State.PARTLY if good_rows else ImportBatch.State.REFUSED


def _new_batch(data: bytes, filename: str, *, cycle: Cycle, unit: Organization, by: Any, received_on: date | None) -> ImportBatch:
    if received_on is not None and received_on > timezone.localdate():
        raise InvalidInput(_("The list cannot have been received in the future."), field="received_on")
    batch = ImportBatch(
        cycle=cycle, unit=unit, received_on=received_on or timezone.localdate(), filename=PurePath(filename).name[:200], sha256=hashlib.sha256(data).hexdigest(),
        state=ImportBatch.State.CHECKED, by=by if getattr(by, "pk", None) else None, by_name=str(by)[:200], at=timezone.now(),
    )
    batch.file.save(text.slugify(PurePath(filename).stem)[:60] + PurePath(filename).suffix[:5].lower(), ContentFile(data), save=False)
    batch.save()
    return batch


def receive(data: bytes, filename: str, *, cycle: Cycle, unit: Organization, by: Any, received_on: date | None = None) -> ImportBatch:
    """Keep an uploaded workbook as a batch that waits to be checked."""
    require(may_import(by, unit))
    with transaction.atomic():
        batch = _new_batch(data, filename, cycle=cycle, unit=unit, by=by, received_on=received_on)
        record.record("practices.receive_workbook", batch, by=by, sha256=batch.sha256)
    return batch


def _keep(batch: ImportBatch, plan: Plan, *, accepted: int) -> None:
    found = plan.understanding
    batch.report = plan.report(accepted=accepted, batch=batch.pk)
    batch.mapping = {
        "sheets": [vars(sheet) for sheet in found.sheets],
        "conversions": [
            {"sheet": c.sheet, "column": c.column, "encoding": c.encoding, "cells": c.cells, "samples": [list(s) for s in c.samples]}
            for c in found.conversions
        ],
        "sample": [_shown(row) for row in found.rows[:SAMPLE]],
        "new": len(plan.new),
    }
    content = marked(plan)
    if content:
        if batch.marked_file:
            batch.marked_file.delete(save=False)
        batch.marked_file.save(f"da-danh-dau-{batch.pk}.xlsx", ContentFile(content), save=False)


def marked(plan: Plan) -> bytes:
    """The officer's own workbook with every problem at its cell; empty when there is nothing to mark."""
    found = plan.understanding
    return marked_workbook(found.workbook, found.problems) if found.problems and found.workbook.sheets else b""


def _shown(row: Understood) -> dict[str, Any]:
    return {
        "sheet": row.sheet, "row": row.row, "title": row.title, "unit": str(row.organization or row.organization_text),
        "ward": str(row.ward or ""), "field": str(row.field or ""), "subject": row.subject, "kind": row.kind, "stage": row.stage,
        "starts_on": f"{row.starts_on:%d/%m/%Y}" if row.starts_on else "", "ends_on": f"{row.ends_on:%d/%m/%Y}" if row.ends_on else "",
    }


@jobs.register("practices.check_workbook")
def run_check(job: Job) -> dict[str, Any]:
    """Background: check a received workbook."""
    batch = ImportBatch.objects.select_related("cycle__movement", "unit").get(pk=job.arguments["batch"])
    plan = check(batch.file.read(), batch.filename, cycle=batch.cycle, unit=batch.unit, job=job)
    with transaction.atomic():
        save_check(batch, plan)
        result = {"errors": len(plan.understanding.errors), "new": len(plan.new)}
        jobs.complete(job, result)
    return result


@jobs.register("practices.import_workbook")
def run_import(job: Job) -> dict[str, Any]:
    """Background: import a checked workbook, all rows or the good ones."""
    batch = ImportBatch.objects.select_related("cycle__movement", "unit", "by").get(pk=job.arguments["batch"])
    done = import_practices(
        batch.file.read(), batch.filename, cycle=batch.cycle, unit=batch.unit, by=batch.by,
        good_rows=bool(job.arguments["good_rows"]), batch=batch, job=job,
    )
    return dict(done.report)
