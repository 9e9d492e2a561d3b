"""End a position, or take back one that has not begun."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.accounts import policy
from kheo.accounts.models import Position
from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.rules import text
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require


def end_position(position: Position, *, on: date, by: Any, reason: str = "") -> Position:
    """The position no longer holds from day `on`; its rights and the open sessions end that day at 0:00
    (Asia/Ho_Chi_Minh), at once when `on` is today.

    A position that begins on or after `on` counts as never held. Refused: a day in the past (work
    done since then would lose its ground), the last administrator of a unit.
    """
    with transaction.atomic():
        locked = Position.objects.select_for_update().select_related("user", "organization").get(pk=position.pk)
        require(policy.may(by, "end", locked))
        if on < timezone.localdate():
            raise InvalidInput(_("The day has passed. Choose today or a later day."), field="on")
        if locked.valid_to is not None and locked.valid_to <= on:
            raise Conflict(_("This position already ends on %(day)s.") % {"day": format_date(locked.valid_to)})
        locked.valid_to = max(on, locked.valid_from)
        locked.save(update_fields=["valid_to"])
        record.record(
            "accounts.end_position", locked.user, by=by, role=locked.role, unit=str(locked.organization), position=locked.pk,
            valid_to=locked.valid_to.isoformat(), reason=text.squeeze(text.nfc(reason))[:300],
        )
    return locked
