"""Begin a report: its frame, and the sections of the outline in force (or of the unit's last report)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.rules import text
from kheo.core.rules.periods import Period
from kheo.core.verdicts import require
from kheo.organizations.models import Organization
from kheo.reports import policy
from kheo.reports.models import Report, Section
from kheo.reports.queries import access

FRAME = ("layout", "subject", "parent_body", "issuer", "symbol", "place", "signing", "body", "head", "position", "signer", "recipients")


@dataclass(frozen=True)
class Frame:
    """What stands around the text; what is not given keeps the usual words of the unit and format."""

    values: dict[str, str] = field(default_factory=dict)


def draft(unit: Organization, kind: str, period: Period, *, by: Any, layout: str = "", frame: Frame | None = None) -> Report:
    """A new draft. One report for a unit, kind and period: a second one is refused with the way to the first."""
    require(policy.may_draft(by, unit))
    report, sections = access.unsaved(unit, kind, period, layout)
    before = Report.objects.filter(unit=unit, kind=kind, period_to__lt=period.first).order_by("-period_to").first()
    if before is not None:
        report.recipients = before.recipients
    report.created_by_name = str(by)[:150]
    _apply(report, frame.values if frame else {})
    try:
        with transaction.atomic():
            report.save()
            for section in sections:
                section.report = report
            Section.objects.bulk_create(sections)
            record.record("reports.draft", report, by=by, kind=kind, period=period.code, unit=str(unit))
    except IntegrityError as error:
        raise Conflict(_("There is a report of this unit, kind and period already. Open it in the list.")) from error
    return report


def change_frame(report: Report, frame: Frame, *, by: Any, version: int | None = None) -> Report:
    """Change what stands around the text of a draft."""
    require(policy.may(by, "write", report))
    with transaction.atomic():
        locked = lock(report)
        require(policy.may(by, "write", locked))
        refuse_stale(locked, version)
        changed = _apply(locked, frame.values)
        if changed:
            locked.version += 1
            locked.save()
            record.record("reports.change_frame", locked, by=by, changed=changed)
    return locked


def lock(report: Report) -> Report:
    """The report's row, held until the end of the transaction."""
    return Report.objects.select_for_update().get(pk=report.pk)


def refuse_stale(report: Report, version: int | None) -> None:
    """Conflict when somebody changed the report since `version` was read."""
    if version is not None and version != report.version:
        raise Conflict(_("Somebody else changed this report while you were looking at it. Open it again and look at the changes before you go on."))


def _apply(report: Report, values: dict[str, str]) -> list[str]:
    changed = []
    for name, given in values.items():
        if name not in FRAME:
            raise InvalidInput(_("Unknown field."), field=name)
        value = text.nfc(given).strip()
        if value != getattr(report, name):
            setattr(report, name, value)
            changed.append(name)
    for name, words in (("issuer", _("Write which body issues the report.")), ("subject", _("Write what the report is about.")), ("position", _("Write the position of the signer."))):
        if not getattr(report, name):
            raise InvalidInput(words, field=name)
    return changed
