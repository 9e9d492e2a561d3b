"""Move a practice to next year."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.practices.actions import move
from kheo.practices.models import Practice


def defer(practice: Practice, reason: str, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """The reason goes to the unit; it may be carried over into the next cycle."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, "defer", by=by, at=at, reason=reason)
    return locked
