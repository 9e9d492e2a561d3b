"""Close an account, and open a closed one again. Positions stay as they are written."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from kheo.accounts import policy
from kheo.accounts.models import User
from kheo.audit.actions import record
from kheo.core.rules import text
from kheo.core.verdicts import require


def deactivate(user: User, *, by: Any, reason: str = "") -> User:
    """The person can no longer sign in and every open session ends. Closing twice changes nothing."""
    require(policy.may(by, "close", user))
    return _set(user, False, "accounts.deactivate", by=by, reason=text.squeeze(text.nfc(reason))[:300])


def reactivate(user: User, *, by: Any) -> User:
    """The person may sign in again with the old password."""
    require(policy.may(by, "reopen", user))
    return _set(user, True, "accounts.reactivate", by=by)


def _set(user: User, active: bool, verb: str, *, by: Any, **details: str) -> User:
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.is_active != active:
            locked.is_active = active
            locked.session_epoch = F("session_epoch") + 1
            locked.save(update_fields=["is_active", "session_epoch"])
            record.record(verb, locked, by=by, **details)
    locked.refresh_from_db()
    return locked
