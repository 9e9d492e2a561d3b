"""Content whose time is over: the page stays and says so; the log and the stored pages learn of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kheo.audit.actions import record
from kheo.news.models import ArticlePage


@transaction.atomic
def mark_ended() -> int:
    """Note every article that has ended since the last run; how many. Timed work, safe to repeat."""
    now = timezone.now()
    ended = ArticlePage.objects.filter(ends_at__lte=now).filter(Q(end_marked_at__isnull=True) | Q(end_marked_at__lt=F("ends_at")))
    count = 0
    for page in ended.select_for_update(of=("self",)):
        # The write is what makes stored pages be drawn anew.
        ArticlePage.objects.filter(pk=page.pk).update(end_marked_at=now)
        record.record("news.mark_ended", page, by=None, on=timezone.localtime(page.ends_at).isoformat(timespec="minutes"), reason=page.end_note)
        count += 1
    return count
