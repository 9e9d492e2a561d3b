"""Issue a report: freeze every value, number and date it, build its files. All or nothing."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.verdicts import require
from kheo.documents.actions import register as documents
from kheo.reports import policy
from kheo.reports.actions.draft import lock
from kheo.reports.models import Issue, IssueFile, Report
from kheo.reports.queries import access, checks, compiling, papers, rendering
from kheo.reports.queries.numbering import next_number, series_of
from kheo.reports.rules import formats, freezing
from kheo.reports.rules.checks import BLOCKS

FILES = ("docx", "pdf", "xlsx")


@dataclass(frozen=True)
class Signed:
    """Number and date as the clerk entered them; without a number the next free one is taken."""

    on: date
    number: int | None = None
    reason: str = ""


def issue(report: Report, signed: Signed, *, by: Any, submission_key: uuid.UUID | None = None) -> Issue:
    """Checked → issued.

    Refused when a figure of the text changed since the check, when a check finds an error, when the
    number is taken. The files are written first under fresh names; one transaction then makes the
    issue, the document, the state and the audit row, so a process killed at any instant leaves the
    report as it was, with a mark that its page tells of. The same submission key again gives the
    issue there is.
    """
    require(policy.may(by, "view", report))
    key = submission_key or uuid.uuid4()
    done = Issue.objects.filter(submission_key=key, report=report).first()
    if done is not None:
        return done
    _refuse_second(report)
    require(policy.may(by, "issue", report))
    earlier = access.latest_issue(report)
    reason = signed.reason.strip() or (report.remark if earlier else "")
    found = compiling.of_report(report)
    _check(report, signed, earlier, reason, found)
    content, number = _content(report, signed, found)
    _begun(report, by)
    try:
        files = _files(report, content)
        with transaction.atomic():
            return _freeze(report, signed, content, number, files, reason, key, by)
    except Exception as error:
        # A refusal or an error is told at once; only a killed process leaves the mark behind.
        _begun(report, None)
        if not isinstance(error, IntegrityError):
            raise
        raise Conflict(_("The number %(number)s was taken at the same moment. Try again: the next free number is offered.") % {"number": number}) from error


def _begun(report: Report, by: Any) -> None:
    """Mark that an issue is running; without `by`, that it is not."""
    Report.objects.filter(pk=report.pk).update(issuing_at=timezone.now() if by else None, issuing_by_name=str(by)[:150] if by else "")


def _refuse_second(report: Report) -> None:
    report.refresh_from_db()
    if report.state == Report.State.ISSUED:
        last = access.latest_issue(report)
        raise Conflict(
            _("%(who)s issued this report at %(when)s as %(number)s.")
            % {"who": last.by_name, "when": f"{timezone.localtime(last.issued_at):%H:%M %d/%m/%Y}", "number": last.document.number} if last else _("This report is issued already.")
        )


def _check(report: Report, signed: Signed, earlier: Issue | None, reason: str, found: compiling.Compiled) -> None:
    if signed.on > timezone.localdate():
        raise InvalidInput(_("The date of issue lies in the future. Check the day, month and year."), field="on")
    if signed.on < report.period_from:
        raise InvalidInput(_("The report would be dated before its period begins. Check the day, month and year."), field="on")
    if earlier is not None and not reason:
        raise InvalidInput(_("Write why the report is issued again."), field="reason")
    changes = checks.changed_since_check(report, found)
    if changes:
        said = "; ".join(f"{c.label}: {c.before} → {c.after}" for c in changes[:5])
        raise Conflict(_("Figures changed since the report was checked: %(changes)s. Return it to draft, look at the text and check it again.") % {"changes": said})
    errors = [f for f in checks.findings(report, list(report.sections.order_by("order")), found) if f.level == BLOCKS]
    if errors:
        raise InvalidInput(_("The report cannot be issued: %(problems)s") % {"problems": " ".join(f.message for f in errors[:5])})


def _content(report: Report, signed: Signed, found: compiling.Compiled) -> tuple[dict[str, Any], int]:
    """The content with its number and date on the paper."""
    content = compiling.content(report, list(report.sections.order_by("order")), found)
    layout = papers.format_of(report.layout, papers.row_on(report.layout, signed.on).values)
    number = signed.number or next_number(series_of(layout, report, signed.on))
    content["papers"][report.layout] = papers.paper(report, report.layout, signed.on, number=number, on=signed.on)
    return content, number


def _files(report: Report, content: dict[str, Any]) -> list[IssueFile]:
    """The files, written under fresh names; rows that the transaction saves refer to them."""
    template, _row = access.template_of(report.kind, report.layout)
    made = []
    for audience, told in ((IssueFile.Audience.OFFICE, content), (IssueFile.Audience.PUBLIC, compiling.for_public(content))):
        for form in FILES:
            data = rendering.render(told, form, report.layout, template=template)
            row = IssueFile(form=form, audience=audience, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
            row.file.save(f"bao-cao-{report.pk}-{audience}-{uuid.uuid4().hex[:8]}.{form}", ContentFile(data), save=False)
            made.append(row)
    return made


def _freeze(
    report: Report, signed: Signed, content: dict[str, Any], number: int, files: list[IssueFile], reason: str, key: uuid.UUID, by: Any
) -> Issue:
    version = report.version
    locked = lock(report)
    if locked.version != version or locked.state != Report.State.CHECKED:
        _refuse_second(locked)
        raise Conflict(_("Somebody else changed this report while you were looking at it. Open it again and look at the changes before you go on."))
    layout = papers.format_of(locked.layout, content["papers"][locked.layout]["format"])
    full = formats.full_number(layout, number, locked.symbol)
    series = series_of(layout, locked, signed.on)
    if Issue.objects.filter(series=series, number=number).exists():
        raise InvalidInput(_("The number %(number)s is taken. The next free number is %(next)s.") % {"number": full, "next": next_number(series)}, field="number")
    document = documents.register(
        full, "Báo cáo", " ".join(locked.subject.split()), content["papers"][locked.layout]["issuer_words"],
        locked.signer, locked.position, signed.on, by=by,
    )
    serial = locked.issues.count() + 1
    made = Issue(
        report=locked, serial=serial, document=document, number=number, series=series, issued_on=signed.on, issued_at=timezone.now(), by_name=str(by)[:150],
        reason=reason, content=content, sha256=freezing.digest(content), submission_key=key,
    )
    made.save()
    for row in files:
        row.issue = made
    IssueFile.objects.bulk_create(files)
    locked.state, locked.version = Report.State.ISSUED, locked.version + 1
    locked.issuing_at, locked.issuing_by_name = None, ""
    locked.save()
    record.record("reports.issue", locked, by=by, number=full, serial=serial, sha256=made.sha256, files=[f"{row.form} {row.sha256}" for row in files], reason=reason)
    return made
