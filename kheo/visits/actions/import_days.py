"""Take over the daily page views of an older counter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.visits import policy
from kheo.visits.actions import fold, tally
from kheo.visits.models import COUNTS, DayCount, ImportedLog, MonthCount


@dataclass
class Outcome:
    """What became of the rows."""

    added: int = 0
    unchanged: int = 0
    corrected: int = 0
    skipped: list[date] = field(default_factory=list)
    """Days that this site has counted itself: their figures stay."""


def import_days(rows: Sequence[tuple[date, int]], *, site: int, name: str, by: Any) -> Outcome:
    """Write (day, page views) as days told by the older counter; the same rows again change nothing.

    A row of a day told before corrects it. InvalidInput for negative figures, days told twice and
    days that are not over.
    """
    require(policy.may(by, "import_days", site))
    _check(rows)
    outcome = Outcome()
    with transaction.atomic():
        fold.lock()
        there = {row.day: row for row in DayCount.objects.filter(site=site, day__in=[day for day, _views in rows])}
        fresh: list[tuple[date, int]] = []
        for day, views in rows:
            row = there.get(day)
            if row is not None and row.source != DayCount.Source.STATED:
                outcome.skipped.append(day)
            elif row is not None and row.views == views:
                outcome.unchanged += 1
            else:
                _add(site, day, views - (row.views if row else 0), new=row is None)
                fresh.append((day, views))
                outcome.corrected += row is not None
                outcome.added += row is None
        if fresh:
            digest = hashlib.sha256(repr(sorted(fresh)).encode()).hexdigest()
            batch, _made = ImportedLog.objects.update_or_create(site=site, digest=digest, defaults={
                "name": name[:200], "kind": "days", "head": "", "size": len(fresh),
                "report": {"added": outcome.added, "corrected": outcome.corrected},
            })  # fmt: skip
            record.record(
                "visits.import_days", batch, by=by, rows=len(fresh), total=sum(views for _day, views in fresh),
                period_from=min(fresh)[0].isoformat(), period_to=max(fresh)[0].isoformat(),
            )
    return outcome


def _check(rows: Sequence[tuple[date, int]]) -> None:
    days = [day for day, _views in rows]
    if not days:
        raise InvalidInput(_("There is no day in the table."))
    twice = sorted({day for day in days if days.count(day) > 1}) if len(set(days)) < len(days) else []
    if twice:
        raise InvalidInput(_("The day %(day)s stands in the table more than once.") % {"day": f"{twice[0]:%d/%m/%Y}"})
    today = timezone.localdate()
    late = [day for day in days if day >= today]
    if late:
        raise InvalidInput(_("The day %(day)s is not over yet.") % {"day": f"{late[0]:%d/%m/%Y}"})
    if any(views < 0 for _day, views in rows):
        raise InvalidInput(_("Page views cannot be negative."))


def _add(site: int, day: date, views: int, *, new: bool) -> None:
    counts = [views if name == "views" else 0 for name in COUNTS]
    tally.upsert(DayCount, ("site", "day"), [(site, day, *counts)], extra={"source": DayCount.Source.STATED})
    month = (site, day.replace(day=1), *counts, int(new))
    tally.upsert(MonthCount, ("site", "month"), [month], columns=(*COUNTS, "stated_days"))
