"""Publish what was scheduled, when its hour has come."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from kheo.core.errors import DomainError

log = logging.getLogger("kheo.news")


def publish_due() -> int:
    """Publish every approved version whose hour has come; how many. Timed work, safe to repeat.

    A page that a guard refuses (a twin has appeared meanwhile) stays scheduled and waits at the
    desk; it does not hold up the others. Pages with Wagtail's own end date are taken away.
    """
    count = 0
    for revision in Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at", "pk"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled", user=None)
            count += 1
        except DomainError as error:
            log.warning("Not published as scheduled: %s", error)
    for page in Page.objects.filter(live=True, expire_at__lte=timezone.now()).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return count
