"""Begin to carry out a listed practice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.practices.actions import move
from kheo.practices.models import Practice


def start(practice: Practice, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """The unit or the officer says that it runs."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, "start", by=by, at=at)
    return locked
