"""Take a proposal or a decided entry back; the row stays, with the reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.workdays import policy
from kheo.workdays.models import Decided, State


def withdraw(row: Decided, *, reason: str, by: Any) -> Decided:
    """Withdraw an entry. A proposal may be withdrawn by whoever made it; a decided entry only by
    somebody other than the person who decided it. Doing it again changes nothing.
    """
    if not reason.strip():
        raise InvalidInput(_("Write why the entry is withdrawn."), field="reason")
    with transaction.atomic():
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
        require(policy.may(by, "withdraw", locked))
        if locked.state not in (State.PROPOSED, State.DECIDED):
            return locked
        locked.state, locked.reason = State.WITHDRAWN, reason.strip()[:400]
        locked.closed_by_name, locked.closed_at = str(by)[:150], timezone.now()
        locked.save()
        record.record("workdays.withdraw", locked, by=by, reason=locked.reason)
    return locked
