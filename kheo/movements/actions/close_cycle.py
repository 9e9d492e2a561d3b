"""Close a cycle: its scores and records are frozen. Reopening is possible, recorded, with a reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.movements import policy
from kheo.movements.models import Cycle


def close_cycle(cycle: Cycle, *, by: Any) -> Cycle:
    """Freeze every record of the cycle from now on."""
    return _set(cycle, closed=True, by=by, reason="")


def reopen_cycle(cycle: Cycle, *, by: Any, reason: str) -> Cycle:
    """Undo a closing; the reason stays in the audit log."""
    if not reason.strip():
        raise InvalidInput(_("Write why the cycle is reopened."), field="reason")
    return _set(cycle, closed=False, by=by, reason=reason.strip())


def _set(cycle: Cycle, *, closed: bool, by: Any, reason: str) -> Cycle:
    require(policy.may(by, "close", cycle.movement))
    with transaction.atomic():
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if bool(locked.closed_at) == closed:
            return locked
        locked.closed_at = timezone.now() if closed else None
        locked.closed_by_name = str(by) if closed else ""
        locked.save(update_fields=["closed_at", "closed_by_name"])
        verb = "movements.close_cycle" if closed else "movements.reopen_cycle"
        record.record(verb, locked, by=by, **({"reason": reason} if reason else {}))
    return locked
