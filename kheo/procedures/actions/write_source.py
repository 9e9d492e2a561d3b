"""Save how the headings and labels of one system are read."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kheo.audit.actions import record
from kheo.core.verdicts import require
from kheo.procedures import policy
from kheo.procedures.models import Source


def write_source(
    source: Source | None, *, name: str, columns: dict[str, list[str]], statuses: dict[str, str], channels: dict[str, str], by: Any,
) -> Source:
    """Write a source anew or change it; batches already read stay as they are."""
    require(policy.may(by, "set_up"))
    with transaction.atomic():
        made = source or Source()
        made.name, made.columns, made.statuses, made.channels = name, columns, statuses, channels
        made.save()
        record.record("procedures.write_source", made, by=by, label=name, statuses=len(statuses), columns=len(columns))
    return made
