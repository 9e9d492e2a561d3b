"""Take a registration into the list of the cycle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.practices.actions import move
from kheo.practices.models import Practice


def approve(practice: Practice, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """From now on the public sees it."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, "approve", by=by, at=at)
    return locked
