"""Hold a check, conclude it with its findings, return or cancel it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.inspections import policy, rules
from kheo.inspections.actions import notify
from kheo.inspections.models import Answer, Checklist, Finding, Inspection
from kheo.workdays import queries as workdays
from kheo.workdays import rules as counting


@dataclass(frozen=True)
class Minutes:
    """What the minutes say. `answers` maps the number of a question to (value, note)."""

    held_on: date
    summary: str
    answers: Mapping[int, tuple[str, str]]
    number: str = ""
    weaknesses: str = ""
    proposals: str = ""


@dataclass(frozen=True)
class NewFinding:
    """A finding as written: what, what is asked, how many working days to mend it."""

    text: str
    demand: str = ""
    days: int = 30


def hold(check: Inspection, minutes: Minutes, *, by: Any) -> Inspection:
    """Write the minutes of a check that took place; may be written again until it is concluded."""
    with transaction.atomic():
        locked = Inspection.objects.select_for_update().get(pk=check.pk)
        require(policy.may(by, "hold", locked))
        write(locked, minutes)
        locked.state = rules.State.HELD
        locked.minutes_number = minutes.number.strip()[:80]
        locked.save()
        record.record("inspections.hold", locked, by=by, on=minutes.held_on, document=locked.minutes_number)
    return locked


def write(locked: Inspection, minutes: Minutes) -> None:
    """Put the minutes on a locked row; the checklist's version is frozen by its first use."""
    plan = locked.plan
    if not plan.starts_on <= minutes.held_on <= timezone.localdate():
        raise InvalidInput(
            _("The day must lie between the start of the plan (%(first)s) and today.") % {"first": format_date(plan.starts_on)}, field="held_on"
        )
    if not minutes.summary.strip():
        raise InvalidInput(_("Write the results in a few sentences."), field="summary")
    items = {item.pk: item for item in plan.checklist.items.all()}
    missing = [item.text for pk, item in items.items() if minutes.answers.get(pk, ("", ""))[0] not in Answer.Value.values]
    if missing:
        raise InvalidInput(_("Answer “%(question)s” (%(n)s questions are open).") % {"question": missing[0], "n": len(missing)}, field="answers")
    Checklist.objects.filter(pk=plan.checklist_id, frozen_at__isnull=True).update(frozen_at=timezone.now())
    locked.held_on, locked.summary = minutes.held_on, minutes.summary.strip()
    locked.weaknesses, locked.proposals = minutes.weaknesses.strip(), minutes.proposals.strip()
    locked.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(inspection=locked, item=item, value=minutes.answers[pk][0], note=minutes.answers[pk][1].strip()[:500]) for pk, item in items.items()
    )


def conclude(
    check: Inspection, findings: Sequence[NewFinding], *, by: Any, document: Document | None = None, on: date | None = None
) -> Inspection:
    """Conclude a check or a sent self-inspection. Each finding gets its deadline from the unit's calendar."""
    day = on or timezone.localdate()
    with transaction.atomic():
        locked = Inspection.objects.select_for_update().get(pk=check.pk)
        require(policy.may(by, "conclude", locked))
        if locked.held_on and day < locked.held_on:
            raise InvalidInput(_("A check is not concluded before it was held."), field="on")
        locked.state, locked.conclusion = rules.State.CONCLUDED, document
        locked.save(update_fields=["state", "conclusion"])
        calendar = workdays.calendar_for(locked.unit, day)
        for finding in findings:
            if not finding.text.strip():
                raise InvalidInput(_("Write what was found."), field="findings")
            Finding.objects.create(
                inspection=locked, text=finding.text.strip()[:600], demand=finding.demand.strip()[:600], days=finding.days, counted_from=day,
                due_on=counting.due_date(day, finding.days, calendar),
            )
        record.record("inspections.conclude", locked, by=by, document=str(document or ""), total=len(findings))
        notify.tell_unit(locked, _("A check was concluded"), _("Findings: %(n)s") % {"n": len(findings)})
    return locked


def return_(check: Inspection, *, remark: str, by: Any) -> Inspection:
    """Return a sent self-inspection for completion, with the reason."""
    if not remark.strip():
        raise InvalidInput(_("Write what is to be completed: the unit will read it."), field="remark")
    with transaction.atomic():
        locked = Inspection.objects.select_for_update().get(pk=check.pk)
        require(policy.may(by, "return", locked))
        locked.state, locked.remark = rules.State.RETURNED, remark.strip()
        locked.save(update_fields=["state", "remark"])
        record.record("inspections.return", locked, by=by, reason=locked.remark)
        notify.tell_unit(locked, _("The self-inspection was returned for completion"), locked.remark)
    return locked


def cancel(check: Inspection, *, reason: str, by: Any) -> Inspection:
    """Cancel a planned check, with the reason."""
    if not reason.strip():
        raise InvalidInput(_("Write why the check is cancelled."), field="reason")
    with transaction.atomic():
        locked = Inspection.objects.select_for_update().get(pk=check.pk)
        require(policy.may(by, "cancel", locked))
        locked.state, locked.remark = rules.State.CANCELLED, reason.strip()
        locked.save(update_fields=["state", "remark"])
        record.record("inspections.cancel", locked, by=by, reason=locked.remark)
    return locked
