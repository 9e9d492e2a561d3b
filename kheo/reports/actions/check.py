"""Check a draft and put it before the leader; or give it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.reports import policy
from kheo.reports.actions.draft import lock, refuse_stale
from kheo.reports.models import Report
from kheo.reports.queries import checks, compiling
from kheo.reports.rules import freezing
from kheo.reports.rules.checks import BLOCKS


def check(report: Report, *, by: Any, version: int | None = None) -> Report:
    """Draft → checked, keeping every figure as it is now. Refused while a check finds an error."""
    require(policy.may(by, "check", report))
    found = compiling.of_report(report)
    sections = list(report.sections.order_by("order"))
    errors = [f for f in checks.findings(report, sections, found) if f.level == BLOCKS]
    if errors:
        raise InvalidInput(_("The report cannot be put forward: %(problems)s") % {"problems": " ".join(f.message for f in errors[:5])})
    content = compiling.content(report, sections, found)
    with transaction.atomic():
        locked = lock(report)
        require(policy.may(by, "check", locked))
        refuse_stale(locked, version if version is not None else report.version)
        locked.state, locked.checked_at, locked.checked_by_name = Report.State.CHECKED, timezone.now(), str(by)[:150]
        locked.checked_figures, locked.checked_digest = content["figures"], freezing.digest(content)
        if not locked.issues.exists():  # why it was opened again is offered as the reason of the next issue
            locked.remark = ""
        locked.version += 1
        locked.save()
        record.record("reports.check", locked, by=by, digest=locked.checked_digest)
    return locked


def return_(report: Report, remark: str, *, by: Any) -> Report:
    """Checked → draft, with what is to be changed."""
    with transaction.atomic():
        locked = _back(report, "return", remark, by=by)
        record.record("reports.return", locked, by=by, reason=locked.remark)
    return locked


def reopen(report: Report, reason: str, *, by: Any) -> Report:
    """Issued → draft, to be issued again; what was issued stays public and unchanged until then."""
    with transaction.atomic():
        locked = _back(report, "reopen", reason, by=by)
        record.record("reports.reopen", locked, by=by, reason=locked.remark)
    return locked


def _back(report: Report, verb: str, words: str, *, by: Any) -> Report:
    require(policy.may(by, verb, report))
    if not words.strip():
        raise InvalidInput(_("Write the reason: the other side will read it."), field="reason")
    locked = lock(report)
    require(policy.may(by, verb, locked))
    locked.state, locked.remark = Report.State.DRAFT, words.strip()
    locked.version += 1
    locked.save()
    return locked
