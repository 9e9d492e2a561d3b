"""Hand a proposed practice to the evaluators."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.practices.actions import move
from kheo.practices.models import Practice


def open_evaluation(practice: Practice, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """Evaluators see it from now on."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, "open_evaluation", by=by, at=at)
    return locked
