"""Compute dates that hang on the calendar anew, on command and logged."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from kheo.audit.actions import record
from kheo.core.verdicts import require
from kheo.workdays import dependents, policy, queries, rules
from kheo.workdays.models import CalendarDay


def recompute(*, by: Any, codes: Collection[str] | None = None) -> dict[str, int]:
    """Have the rooms write the dates the decided calendar gives; code → how many moved.

    `codes` limits it to some kinds of dates. All or nothing; one audit row with the counts.
    """
    require(policy.may(by, "recompute"))
    known: dict[tuple[Any, date], rules.Calendar] = {}

    def calendar_of(unit: Any, on: date) -> rules.Calendar:
        key = (unit if isinstance(unit, int) or unit is None else unit.pk, on)
        if key not in known:
            known[key] = queries.calendar_for(unit, on)
        return known[key]

    chosen = [d for d in dependents.registered() if codes is None or d.code in codes]
    with transaction.atomic():
        moved = {d.code: d.recompute(calendar_of, by) for d in chosen}
        latest = CalendarDay.objects.order_by("-decided_at", "-pk").first()
        if latest is not None and any(moved.values()):
            record.record("workdays.recompute", latest, by=by, total=sum(moved.values()), changed=moved)
    return moved
