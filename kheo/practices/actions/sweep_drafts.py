"""Forget registrations that somebody without an account began and never sent."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kheo.audit.actions import record
from kheo.practices import rules
from kheo.practices.models import Practice

KEPT = timedelta(days=90)
MOST = 500  # in one run; the rest follow with the next


def sweep_drafts() -> int:
    """Delete anonymous drafts untouched for KEPT; how many. What people type may hold names and numbers,
    so it is not kept for longer than somebody may still want to finish it."""
    limit = timezone.now() - KEPT
    untouched = Q(draft_saved_at__lt=limit) | Q(draft_saved_at__isnull=True, state_since__lt=limit)
    with transaction.atomic():
        old = Practice.objects.select_for_update().filter(
            untouched, state=rules.State.DRAFT, registered_by__isnull=True, organization__isnull=True, parent__isnull=True
        ).order_by("pk")[:MOST]
        events = [record.Event("practices.sweep_draft", practice, label=f"#{practice.pk}") for practice in old]
        if events:
            record.record_many(events, by=None)
            Practice.objects.filter(pk__in=[event.obj.pk for event in events]).delete()
    return len(events)
