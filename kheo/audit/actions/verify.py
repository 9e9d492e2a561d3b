"""Check the whole chain and keep what was found."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from kheo.audit import policy, queries
from kheo.audit.actions import record
from kheo.audit.models import Check, Entry
from kheo.core.verdicts import require

MOST_KEPT = 200


def verify(*, by: Any) -> Check:
    """Walk the chain, keep the count, the instant and up to 200 breaks, and log that it was done.

    Entries and faults are counted on one state of the log: nobody writes while the chain's end is locked.
    """
    require(policy.may_read(by))
    with transaction.atomic():
        queries.locked_head()
        breaks = queries.verify()
        made = Check.objects.create(
            at=timezone.now(), by_name=str(by or record.SYSTEM)[:200], entries=Entry.objects.count(),
            breaks=[[found.entry_id, found.what] for found in breaks[:MOST_KEPT]], faults=len(breaks),
        )
        record.record("audit.verify", made, by=by, label=f"#{made.pk}", entries=made.entries, breaks=made.faults)
    return made
