"""Send a registration: the nine boxes become columns, a receipt is given, the ward is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.accounts.models import Role
from kheo.core.errors import InvalidInput
from kheo.movements import queries as movements
from kheo.movements.models import Milestone
from kheo.movements.rules import Window
from kheo.practices import policy
from kheo.practices.actions import move, numbering, write
from kheo.practices.models import Practice
from kheo.practices.rules import EDITABLE_STATES, State
from kheo.practices.rules.registration import RegistrationData


def register(
    practice: Practice, data: RegistrationData, *, by: Any, expected_version: int | None = None, at: datetime | None = None
) -> Practice:
    """Send a draft or a returned practice. Sending what was sent already changes nothing (same receipt).

    Outside the registration window: before it nobody, after its lock only the ward's officers
    (papers that came late by post); late ones are marked. `at` is for records of the past.
    """
    with transaction.atomic():
        locked = move.locked(practice.pk)
        if State(locked.state) not in EDITABLE_STATES:
            return locked
        if expected_version is not None:
            locked = move.locked(practice.pk, expected_version=expected_version)
        write.write(locked, data)
        moment = at or timezone.now()
        locked.on_time = _on_time(locked, by, moment)
        if locked.receipt_number is None:
            locked.receipt_number = numbering.receipts(locked.cycle, 1)[0]
            locked.slug = numbering.slug(locked.title, locked.receipt_number)
            locked.registered_at = moment
        locked.draft = None
        move.move(locked, "register", by=by, at=at, details={"receipt": locked.receipt_number})
    return locked


def _on_time(practice: Practice, by: Any, moment: datetime) -> bool:
    if practice.registered_at is not None:  # a completion of what came in before keeps its mark
        return practice.on_time
    window = movements.window(practice.cycle, Milestone.Kind.REGISTRATION, timezone.localtime(moment).date())
    officer = policy.holds(by, frozenset({Role.RECEIVER}), practice)
    if window == Window.NOT_OPEN:
        raise InvalidInput(_("Registration for %(cycle)s has not opened yet.") % {"cycle": practice.cycle})
    if window == Window.LOCKED and not officer:
        raise InvalidInput(
            _("Registration for %(cycle)s is closed. Hand the paper to the ward's officer, who can still enter it as late.") % {"cycle": practice.cycle}
        )
    return window == Window.OPEN
