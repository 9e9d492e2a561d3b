"""Decide against recognition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.practices.actions import move
from kheo.practices.models import Practice


def refuse(practice: Practice, reason: str, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """The reason goes to the unit."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, "refuse", by=by, at=at, reason=reason)
    return locked
