"""Deadlines of findings as the working calendar's dependents see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.urls import reverse

from kheo.audit.actions import record
from kheo.inspections.models import Finding
from kheo.workdays import rules
from kheo.workdays.dependents import CalendarOf, Move


def preview(calendar_of: CalendarOf) -> Iterator[Move]:
    """Open findings whose computed deadline the calendar now gives differently."""
    for finding, after in _moved(calendar_of):
        yield Move(finding.text, reverse("inspections_desk:detail", args=[finding.inspection_id]), finding.due_on, after)


def recompute(calendar_of: CalendarOf, by: Any) -> int:
    """Write the deadlines the calendar now gives; extended ones keep their extension."""
    moved = list(_moved(calendar_of))
    with transaction.atomic():
        for finding, after in moved:
            Finding.objects.filter(pk=finding.pk).update(due_on=after)
            record.record("inspections.recompute_deadline", finding.inspection, by=by, text=finding.text, before=finding.due_on, after=after)
    return len(moved)


def _moved(calendar_of: CalendarOf) -> Iterator[tuple[Finding, Any]]:
    for finding in Finding.objects.exclude(state=Finding.State.CLOSED).select_related("inspection__unit"):
        after = rules.due_date(finding.counted_from, finding.days, calendar_of(finding.inspection.unit, finding.counted_from))
        if after != finding.due_on:
            yield finding, after
