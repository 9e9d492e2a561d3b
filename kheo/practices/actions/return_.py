"""Give back to the unit what is not complete: a registration, or a proposal. The reason joins the thread."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.practices.actions import move, notify
from kheo.practices.actions.guide import add_message
from kheo.practices.models import Message, Practice


def return_(practice: Practice, reason: str, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """Give a submitted registration back; `reason` is demanded, the unit reads it on its page and by e-mail."""
    with transaction.atomic():
        locked, reason = _back(practice, "return", reason, by=by, expected_version=expected_version, at=at)
        notify.tell(
            locked,
            _("Please complete the registration “%(title)s”") % {"title": locked.title},
            _("The officers of the ward returned your registration %(number)s for completion:") % {"number": locked.receipt_number},
            reason,
            _("Open it at this address, complete it and send it again:"),
        )
    return locked


def send_back(practice: Practice, reason: str, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """A proposal that is not ready goes back to running, with the reason."""
    with transaction.atomic():
        locked, reason = _back(practice, "send_back", reason, by=by, expected_version=expected_version, at=at)
        notify.tell(
            locked,
            _("The proposal of “%(title)s” was sent back") % {"title": locked.title},
            _("The officers of the ward sent the proposal %(number)s back:") % {"number": locked.receipt_number},
            reason,
            _("Its state at any time:"),
        )
    return locked


def _back(practice: Practice, verb: str, reason: str, *, by: Any, expected_version: int | None, at: datetime | None) -> tuple[Practice, str]:
    locked = move.locked(practice.pk, expected_version=expected_version)
    step = move.move(locked, verb, by=by, reason=reason, at=at)
    add_message(locked, Message.Kind.REMARK, step.reason, by=by, at=step.at)
    return locked, step.reason
