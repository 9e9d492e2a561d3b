"""Take a registration into the list of the cycle: from now on it is public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.practices.actions import move, notify
from kheo.practices.models import Practice


def approve(practice: Practice, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """Approve a submitted registration; the unit is told by e-mail."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, "approve", by=by, at=at)
        if at is None:  # records of the past bring no letters
            notify.tell(
                locked,
                _("“%(title)s” was approved for the list") % {"title": locked.title},
                _("Your registration %(number)s was approved for the list of %(cycle)s.") % {"number": locked.receipt_number, "cycle": locked.cycle},
                _("Its state at any time:"),
            )
    return locked
