"""Everything that happens by itself, in one table. `kheo run-due` runs what is due, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from kheo.accounts.actions import sweep_sessions
from kheo.config.models import DueRun
from kheo.core import jobs
from kheo.core.search import indexing
from kheo.desk.actions import send_digests
from kheo.indicators.actions import remind as indicators_remind
from kheo.inspections.actions import remind
from kheo.news.actions import mark_ended, publish_due
from kheo.portal.actions import announce_stop, check_links
from kheo.practices.actions import sweep_drafts
from kheo.procedures.actions import remind as procedures_remind
from kheo.procedures.actions import watch
from kheo.reports.actions import sweep_files as sweep_report_files
from kheo.visits.actions import close_days
from kheo.visits.actions import fold as fold_visits


@dataclass(frozen=True)
class Due:
    """One timed work: its name, what runs, how often, and from which hour of the day (None: any)."""

    name: str
    function: Callable[[], object]
    every: timedelta
    from_hour: int | None = None


SCHEDULE = (
    Due("sweep-jobs", jobs.sweep, timedelta(minutes=1)),
    Due("publish-news", publish_due.publish_due, timedelta(minutes=1)),
    Due("mark-ended-news", mark_ended.mark_ended, timedelta(minutes=1)),
    Due("send-digests", send_digests.send_digests, timedelta(hours=20), from_hour=7),
    Due("check-links", check_links.check_every_site, timedelta(days=7), from_hour=3),
    Due("fold-visits", fold_visits.fold, timedelta(seconds=25)),
    Due("close-visits", close_days.close_days, timedelta(minutes=30)),
    Due("end-stops", announce_stop.end_stops, timedelta(minutes=1)),
    Due("sweep-drafts", sweep_drafts.sweep_drafts, timedelta(days=1), from_hour=3),
    Due("remind-inspections", remind.remind_due, timedelta(hours=20), from_hour=7),
    Due("rebuild-search", indexing.refresh, timedelta(days=1), from_hour=3),
    Due("remind-indicators", indicators_remind.remind_due, timedelta(hours=20), from_hour=7),
    Due("remind-results", procedures_remind.remind_due, timedelta(hours=20), from_hour=7),
    Due("take-incoming-results", watch.take_incoming, timedelta(minutes=1)),
    Due("sweep-result-files", watch.sweep_files, timedelta(hours=1)),
    Due("sweep-report-files", sweep_report_files.sweep_files, timedelta(days=1), from_hour=3),
    Due("clear-sessions", sweep_sessions.sweep_sessions, timedelta(days=1), from_hour=2),
)


def is_due(due: Due, last: datetime | None, now: datetime) -> bool:
    """True when the work's hour has come and its period has passed since the last run."""
    if due.from_hour is not None and timezone.localtime(now).hour < due.from_hour:
        return False
    return last is None or now - last >= due.every


def run_due(now: datetime | None = None) -> dict[str, str]:
    """Run every due work once; name → "ok" or the error's words. One failure does not stop the rest.

    The row is claimed before the work runs, so two processes do not both run it.
    """
    now = now or timezone.now()
    outcome: dict[str, str] = {}
    for due in SCHEDULE:
        row, _made = DueRun.objects.get_or_create(name=due.name)
        if not is_due(due, row.last_at, now):
            continue
        if not DueRun.objects.filter(name=due.name, last_at=row.last_at).update(last_at=now):
            continue
        try:
            due.function()
            outcome[due.name] = "ok"
        except Exception as error:
            outcome[due.name] = f"{type(error).__name__}: {error}"
    return outcome
