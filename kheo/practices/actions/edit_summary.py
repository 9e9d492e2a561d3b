"""Write the summary that the public reads first."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kheo.audit.actions import record
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.practices import policy
from kheo.practices.actions import move, write
from kheo.practices.models import Practice


def edit_summary(practice: Practice, summary: str, *, by: Any, expected_version: int | None = None) -> Practice:
    """Replace the public summary; search finds its words from now on. An empty one removes it."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        require(policy.may(by, "edit_summary", locked))
        before, locked.summary = locked.summary, text.clean_pasted(summary)
        if before == locked.summary:
            return locked
        locked.version += 1
        write.refresh_search(locked)
        locked.save()
        record.record("practices.edit_summary", locked, by=by, before=before[:500], after=locked.summary[:500])
    return locked
