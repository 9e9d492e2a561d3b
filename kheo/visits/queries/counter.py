"""The five figures of the counter, as of any day: at most three small queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from kheo.visits.models import DayCount, Fold, MonthCount, Opening
from kheo.visits.rules import calendar


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its days, page views and visits.

    `visits` None: an older counter told these days and knew no visits. `visits_from`: the visits
    are of the days from then on only.
    """

    key: str
    first: date | None
    last: date
    views: int
    visits: int | None
    visits_from: date | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The counter of one site as of one day."""

    site: int
    day: date
    as_of: datetime
    each: dict[str, Figure]
    opening: Opening | None

    @property
    def week_exceeds_month(self) -> bool:
        """True when the odd-looking but right case is on the screen: explain it."""
        return self.each["week"].views > self.each["month"].views

    @property
    def contradictions(self) -> list[str]:
        """Codes of what cannot be; always empty unless the rollups are damaged."""
        return calendar.contradictions(self.day, {key: figure.views for key, figure in self.each.items()})


def figures(site: int, day: date | None = None) -> Figures:
    """The counter of a site at the end of `day` (today: until the last fold).

    "All" is the opening balance in force (the latest that begins on or before `day`) and every day
    from its date on; days before it are in the balance already.
    """
    today = timezone.localdate()
    day = day or today
    plan = calendar.stretches(day)
    first_needed = min(s.first for s in plan.values() if s.first is not None)
    days = list(DayCount.objects.filter(site=site, day__gte=first_needed, day__lte=day).only("day", "views", "visits", "source"))
    opening = Opening.objects.filter(site=site, on__lte=day).order_by("-on").first()
    each = {
        key: _figure(key, stretch.first, stretch.last, [row for row in days if row.day >= stretch.first])
        for key, stretch in plan.items()
        if stretch.first is not None
    }
    each["yesterday"] = _figure("yesterday", plan["yesterday"].first, plan["yesterday"].last, [r for r in days if r.day == plan["yesterday"].last])
    each["all"] = _all(site, day, days, opening)
    folded = Fold.objects.filter(pk=1).values_list("at", flat=True).first() if day == today else None
    return Figures(site, day, folded or _end_of(day), each, opening)


def _figure(key: str, first: date | None, last: date, rows: list[DayCount]) -> Figure:
    counted = [row for row in rows if row.source != DayCount.Source.STATED]
    told = len(rows) > len(counted)
    visits = sum(row.visits for row in counted)
    return Figure(
        key, first, last, sum(row.views for row in rows), None if told and not counted else visits,
        min(row.day for row in counted) if told and counted else None,
    )


def _all(site: int, day: date, days: list[DayCount], opening: Opening | None) -> Figure:
    """Whole months come as months; the month asked about and the opening's own month come as days."""
    start = opening.on if opening else None
    this_month = day.replace(day=1)
    months = MonthCount.objects.filter(site=site, month__lt=this_month)
    rows = [row for row in days if row.day >= this_month]
    if start is not None:
        whole_from = start if start.day == 1 else (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        months = months.filter(month__gte=whole_from)
        rows = [row for row in rows if row.day >= start]
        if start.day > 1 and start < this_month:
            rows += DayCount.objects.filter(site=site, day__gte=start, day__lt=whole_from)
    sums = list(months.order_by("month").values_list("month", "views", "visits", "stated_days"))
    views = sum(row[1] for row in sums) + sum(row.views for row in rows)
    visits = sum(row[2] for row in sums) + sum(row.visits for row in rows)
    counted = [row[0] for row in sums if row[2]] + [row.day for row in rows if row.source != DayCount.Source.STATED]
    told = opening is not None or any(row[3] for row in sums) or len(rows) > len([r for r in rows if r.source != DayCount.Source.STATED])
    first = start or min([row[0] for row in sums] + [row.day for row in rows], default=None)
    return Figure(
        "all", first, day, views + (opening.total if opening else 0), visits if counted or not told else None,
        min(counted) if told and counted else None,
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """The sum of some days. None where it cannot be known: no day was counted, or an older counter knew no visits."""

    views: int | None
    visits: int | None
    days: int


def totals(site: int, first: date, last: date) -> Totals:
    """Page views and visits of a site from `first` to `last`, both included."""
    rows = DayCount.objects.filter(site=site, day__gte=first, day__lte=last)
    found = rows.aggregate(views=Sum("views"), visits=Sum("visits"), days=Count("pk"), told=Count("pk", filter=Q(source=DayCount.Source.STATED)))
    return Totals(found["views"], found["visits"] if found["days"] and not found["told"] else None, found["days"])


def _end_of(day: date) -> datetime:
    """The last second of a day that is over; now for today."""
    end = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=timezone.get_current_timezone())
    return min(end, timezone.now())


def as_json(found: Figures) -> dict[str, Any]:
    """What /truy-cap/so-lieu.json says."""
    answer: dict[str, Any] = {
        key: {
            "from": figure.first.isoformat() if figure.first else None, "to": figure.last.isoformat(),
            "views": figure.views, "visits": figure.visits,
            "visits_from": figure.visits_from.isoformat() if figure.visits_from else None,
        }
        for key, figure in ((key, found.each[key]) for key in calendar.KEYS)
    }
    opening = found.opening
    answer["as_of"] = timezone.localtime(found.as_of).isoformat(timespec="seconds")
    answer["day"] = found.day.isoformat()
    answer["opening"] = {"on": opening.on.isoformat(), "views": opening.total, "note": opening.note} if opening else None
    answer["week_reaches_back"] = calendar.week_reaches_back(found.day)
    answer["timezone"] = "Asia/Ho_Chi_Minh"
    return answer
