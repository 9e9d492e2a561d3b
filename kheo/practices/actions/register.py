"""Send a registration in. Sending the same one again gives the same receipt and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.accounts.models import Role
from kheo.core.errors import InvalidInput
from kheo.core.rules import dates
from kheo.core.verdicts import require
from kheo.movements import queries as movements
from kheo.movements.models import Milestone
from kheo.movements.rules import Window
from kheo.practices import policy, rules
from kheo.practices.actions import move, numbering, write
from kheo.practices.models import Practice
from kheo.practices.rules.registration import RegistrationData


class NotOpen(InvalidInput):
    """Registrations are not taken on this day; the message says from when or until when."""


@dataclass(frozen=True)
class Registered:
    """The registered practice; `again` when it had been sent before and this call changed nothing."""

    practice: Practice
    again: bool


def register(
    practice: Practice, data: RegistrationData, *, by: Any, expected_version: int | None = None, at: datetime | None = None
) -> Registered:
    """Write `data` on a draft or returned practice and send it to the officers of its ward.

    Gives a receipt number (one row of numbers per cycle), an address, and marks it late after the
    on-time limit. Raises NotOpen outside the registration window (officers of the ward may still
    enter a late one after the lock), Conflict when it moved on meanwhile, Refused without the
    right. `at` is for records of the past (the demo).
    """
    with transaction.atomic():
        locked = move.locked(practice.pk)
        if is_sent(locked):
            require(policy.may(by, "view", locked))
            return Registered(locked, again=True)
        if expected_version is not None:
            locked = move.locked(practice.pk, expected_version=expected_version)
        require(policy.may(by, "register", locked))
        _check_parent(data)
        moment = at or timezone.now()
        was_sent = locked.receipt_number is not None
        write.write(locked, data)
        if not was_sent:
            locked.on_time = _on_time(locked, timezone.localdate(moment), by=by)
            locked.receipt_number = numbering.receipts(locked.cycle, 1)[0]
            locked.registered_at = moment
        if locked.published_at is None:
            locked.slug = numbering.slug(locked.title, str(locked.receipt_number))
        locked.draft = locked.draft_saved_at = None
        details = {"receipt": locked.receipt_number, "on_time": locked.on_time}
        move.move(locked, "register", by=by, at=at, details=details)
    return Registered(locked, again=False)


def is_sent(practice: Practice) -> bool:
    """True when there is nothing left to send: it has a receipt and does not wait for its unit."""
    return practice.receipt_number is not None and practice.state not in {*rules.EDITABLE_STATES, rules.State.WITHDRAWN}


def _check_parent(data: RegistrationData) -> None:
    if data.parent is None or data.organization is None:
        return
    if Practice.objects.filter(pk=data.parent, organization_id=data.organization).exists():
        raise InvalidInput(_("This unit carries out the original itself. Replication means that another unit takes it over."), field="organization")


def _on_time(practice: Practice, day: date, *, by: Any) -> bool:
    """Whether the day is on time; NotOpen when registrations are not taken then."""
    cycle = practice.cycle
    window = movements.window(cycle, Milestone.Kind.REGISTRATION, day)
    step = movements.milestone(cycle, Milestone.Kind.REGISTRATION)
    if window == Window.NOT_OPEN and step is not None:
        raise NotOpen(
            _("Registration for %(cycle)s opens on %(day)s. Your draft is kept until then.")
            % {"cycle": cycle, "day": dates.format_date(step.opens_on)}
        )
    if window == Window.LOCKED and not policy.holds(by, frozenset({Role.RECEIVER}), practice):
        last = dates.format_date(step.locks_on if step is not None else cycle.ends_on)
        raise NotOpen(
            _("Registration for %(cycle)s ended on %(day)s. Ask the officers of your ward: they can still enter a late registration.")
            % {"cycle": cycle, "day": last}
        )
    return window == Window.OPEN
