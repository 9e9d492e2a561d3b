"""End a practice that no longer runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.practices.actions import move
from kheo.practices.models import Practice


def stop(practice: Practice, reason: str, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """It stays on the public pages, marked as ended."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, "stop", by=by, at=at, reason=reason)
    return locked
