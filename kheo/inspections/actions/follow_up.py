"""After a finding: the unit reports, the body accepts, refuses or extends the deadline."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.inspections import policy
from kheo.inspections.actions import notify
from kheo.inspections.models import Finding, FollowUp


def report(finding: Finding, words: str, *, by: Any, submission_key: uuid.UUID | None = None, at: Any = None) -> Finding:
    """The unit says what it mended. The same submission key again changes nothing."""
    return _step(finding, FollowUp.Kind.REPORT, words, "report", by, key=submission_key, at=at)


def accept(finding: Finding, words: str, *, by: Any, on: date | None = None, at: Any = None) -> Finding:
    """The body found it mended; `on` is the day it looked (today when not said)."""
    return _step(finding, FollowUp.Kind.ACCEPT, words, "settle", by, on=on or timezone.localdate(), at=at)


def refuse(finding: Finding, words: str, *, by: Any) -> Finding:
    """The body looked and it is not mended: open again, with the reason."""
    return _step(finding, FollowUp.Kind.REFUSE, words, "settle", by)


def extend(finding: Finding, until: date, words: str, *, by: Any) -> Finding:
    """A later deadline, with the reason. The computed one stays readable."""
    if until <= finding.deadline:
        raise InvalidInput(_("The new day must come after %(day)s.") % {"day": format_date(finding.deadline)}, field="until")
    return _step(finding, FollowUp.Kind.EXTEND, words, "settle", by, on=until)


def _step(
    finding: Finding, kind: FollowUp.Kind, words: str, verb: str, by: Any, *, on: date | None = None, key: uuid.UUID | None = None, at: Any = None
) -> Finding:
    if not words.strip():
        raise InvalidInput(_("Write in a few words what was done or why."), field="text")
    with transaction.atomic():
        locked = Finding.objects.select_for_update().select_related("inspection__plan").get(pk=finding.pk)
        if key is not None and FollowUp.objects.filter(submission_key=key).exists():
            return locked
        require(policy.may(by, verb, locked))
        _change(locked, kind, on)
        locked.save()
        FollowUp.objects.create(
            finding=locked, kind=kind, text=words.strip(), at=at or timezone.now(), by_name=str(by)[:150], submission_key=key or uuid.uuid4()
        )
        record.record(f"inspections.finding_{kind.value}", locked.inspection, by=by, text=locked.text, reason=words.strip())
        if kind in (FollowUp.Kind.REFUSE, FollowUp.Kind.EXTEND):
            notify.tell_unit(locked.inspection, kind.label, locked.text, words.strip())
    return locked


def _change(locked: Finding, kind: FollowUp.Kind, on: date | None) -> None:
    if kind == FollowUp.Kind.REPORT:
        locked.state = Finding.State.REPORTED
    elif kind == FollowUp.Kind.ACCEPT:
        assert on is not None
        if not locked.counted_from <= on <= timezone.localdate():
            raise InvalidInput(_("The day must lie between %(first)s and today.") % {"first": format_date(locked.counted_from)}, field="on")
        locked.state, locked.closed_on = Finding.State.CLOSED, on
    elif kind == FollowUp.Kind.REFUSE:
        locked.state = Finding.State.OPEN
    else:
        locked.extended_to = on
