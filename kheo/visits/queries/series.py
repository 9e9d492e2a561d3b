"""Rows of time: days, weeks, months and hours, for charts and downloads."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.core.rules.dates import week_bounds
from kheo.visits.models import COUNTS, DayCount, HourCount, LabelDay, MonthCount
from kheo.visits.queries.words import short, span
from kheo.visits.rules.lines import days_between

DAYS, WEEKS, MONTHS = 31, 13, 24
LEAST = 8
DOWNLOADS = (
    ("ngay", gettext_lazy("By day")), ("tuan", gettext_lazy("By week")), ("thang", gettext_lazy("By month")),
    ("gio", gettext_lazy("By hour")), ("trang", gettext_lazy("Pages")), ("nguon", gettext_lazy("Referring sites")),
    ("thiet-bi", gettext_lazy("Devices")),
)  # fmt: skip
LABELS = {"trang": "page", "nguon": "referrer", "thiet-bi": "device"}
Point = tuple[str, int | None, int | None]
"""Label, page views, visits; None where nothing was counted."""


def daily(site: int, first: date, last: date) -> dict[date, DayCount]:
    """The counts of each day of a stretch that was counted."""
    return {row.day: row for row in DayCount.objects.filter(site=site, day__gte=first, day__lte=last)}


def days(site: int, day: date, count: int = DAYS, known: dict[date, DayCount] | None = None) -> list[tuple[date, DayCount | None]]:
    """The last `count` days up to `day`. `known` are the days where they were read already, here and below."""
    first = day - timedelta(days=count - 1)
    found = daily(site, first, day) if known is None else known
    return [(each, found.get(each)) for each in days_between(first, day)]


def weeks(site: int, day: date, count: int = WEEKS, known: dict[date, DayCount] | None = None) -> list[tuple[date, date, int | None]]:
    """Monday, last day and page views of the last weeks; the newest ends on `day`."""
    monday = week_bounds(day)[0]
    start = monday - timedelta(weeks=count - 1)
    sums: defaultdict[date, int] = defaultdict(int)
    for on, row in (daily(site, start, day) if known is None else known).items():
        sums[week_bounds(on)[0]] += row.views
    begins = [start + timedelta(weeks=n) for n in range(count)]
    return [(first, min(first + timedelta(days=6), day), sums.get(first)) for first in begins]


def months(site: int, day: date, count: int = MONTHS, known: dict[date, DayCount] | None = None) -> list[tuple[date, int | None]]:
    """First day and page views of the last months; the newest only up to `day`."""
    this = day.replace(day=1)
    firsts = [this]
    while len(firsts) < count:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    found = dict(MonthCount.objects.filter(site=site, month__gte=firsts[-1], month__lt=this).values_list("month", "views"))
    part = [row.views for on, row in (daily(site, this, day) if known is None else known).items() if on >= this]
    if part:
        found[this] = sum(part)
    return [(first, found.get(first)) for first in reversed(firsts)]


def hours(site: int, day: date) -> list[tuple[int, int, int]]:
    """Hour, page views and visits of one day."""
    found = {row.hour: row for row in HourCount.objects.filter(site=site, day=day)}
    return [(hour, found[hour].views if hour in found else 0, found[hour].visits if hour in found else 0) for hour in range(24)]


def charts(site: int, day: date) -> list[dict[str, Any]]:
    """What the page draws, each with its download. Empty charts are left out."""
    known = daily(site, min(day - timedelta(weeks=WEEKS), day.replace(day=1)), day)
    by_day = [(short(on), row.views if row else None, _visits(row)) for on, row in days(site, day, known=known)]
    by_week = [(span(first, last), views, None) for first, last, views in weeks(site, day, known=known)]
    by_month = [(f"{first:%m/%Y}", views, None) for first, views in months(site, day, known=known)]
    by_hour = [(f"{hour:02d}h", views, visits) for hour, views, visits in hours(site, day)]
    drawn: list[tuple[str, Any, Any, Any, list[tuple[Any, ...]]]] = [
        ("ngay", _("Page views by day"), _("The last %(count)s days") % {"count": DAYS}, _("Day"), by_day),
        ("tuan", _("Page views by week"), _("Monday to Sunday, the last %(count)s weeks") % {"count": WEEKS}, _("Week"), by_week),
        ("thang", _("Page views by month"), _("The last %(count)s months") % {"count": MONTHS}, _("Month"), by_month),
        ("gio", _("Page views by hour"), _("On %(day)s") % {"day": f"{day:%d/%m/%Y}"}, _("Hour"), by_hour),
    ]
    return [
        {"kind": kind, "title": title, "description": about, "heading": heading, "points": _since_counted(points), "with_visits": kind in {"ngay", "gio"}}
        for kind, title, about, heading, points in drawn
        if any(point[1] for point in points)
    ]


def _since_counted(points: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without the stretch before counting began; at least LEAST points, so that columns keep their shape."""
    first = next(n for n, point in enumerate(points) if point[1] is not None)
    return points[min(first, max(0, len(points) - LEAST)) :]


def _visits(row: DayCount | None) -> int | None:
    return None if row is None or row.source == DayCount.Source.STATED else row.visits


def table(kind: str, site: int, day: date) -> list[list[Any]] | None:
    """The rows of a download with their heading; None for a name that is not one of DOWNLOADS."""
    if kind == "ngay":
        rows = DayCount.objects.filter(site=site, day__lte=day).order_by("day")
        return [["ngay", "nguon_so_lieu", *COUNTS], *([r.day.isoformat(), r.source, *_counts(r)] for r in rows)]
    if kind == "tuan":
        return [["tu_ngay", "den_ngay", "views"], *([a.isoformat(), b.isoformat(), v] for a, b, v in weeks(site, day, 106) if v is not None)]
    if kind == "thang":
        return [["thang", "views"], *([f"{first:%Y-%m}", views] for first, views in months(site, day, 120) if views is not None)]
    if kind == "gio":
        found = HourCount.objects.filter(site=site, day__lte=day, day__gt=day - timedelta(days=31)).order_by("day", "hour")
        return [["ngay", "gio", *COUNTS], *([r.day.isoformat(), r.hour, *_counts(r)] for r in found)]
    if kind in LABELS:
        first = day.replace(day=1)
        found_labels = (
            LabelDay.objects.filter(site=site, day__gte=first, day__lte=day, label__kind=LABELS[kind])
            .values_list("label__text").annotate(total=Sum("views")).order_by("-total", "label__text")
        )  # fmt: skip
        return [["tu_ngay", "den_ngay", kind, "views"], *([first.isoformat(), day.isoformat(), text, total] for text, total in found_labels)]
    return None


def _counts(row: DayCount | HourCount) -> list[int]:
    return [getattr(row, name) for name in COUNTS]
