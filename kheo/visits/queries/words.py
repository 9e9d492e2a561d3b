"""The figures in words: each with its dates, and why the week may exceed the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kheo.core.rules.dates import month_bounds, week_bounds
from kheo.core.rules.numbers import format_number
from kheo.visits.queries.counter import Figures
from kheo.visits.rules.calendar import KEYS


@dataclass(frozen=True, slots=True)
class Row:
    """One figure on the screen."""

    key: str
    label: str
    dates: str
    views: int
    visits: int | None
    visits_from: date | None

    @property
    def shown(self) -> str:
        """The page views as people read them."""
        return format_number(self.views)


def short(day: date) -> str:
    """16/11"""
    return f"{day.day:02d}/{day.month:02d}"


def span(first: date, last: date) -> str:
    """16–22/11, 27/11–03/12, or with years when they differ."""
    if first == last:
        return f"{short(last)}/{last.year}"
    if first.year != last.year:
        return f"{short(first)}/{first.year}–{short(last)}/{last.year}"
    return f"{first.day:02d}–{short(last)}" if first.month == last.month else f"{short(first)}–{short(last)}"


def names(found: Figures) -> dict[str, str]:
    """What each figure is called: today's words for today, neutral ones for a day that is over."""
    return {
        "today": _("Today"), "yesterday": _("Yesterday"), "week": _("This week"), "month": _("This month"), "all": _("All"),
    }


def rows(found: Figures) -> list[Row]:
    """The five figures in order."""
    called = names(found)
    return [
        Row(key, called[key], _dates(found, key), f.views, f.visits, f.visits_from)
        for key, f in ((key, found.each[key]) for key in KEYS)
    ]


def _dates(found: Figures, key: str) -> str:
    figure = found.each[key]
    if key in {"today", "yesterday"}:
        return span(figure.last, figure.last)
    if key == "week":
        return span(*week_bounds(found.day))
    if key == "month":
        return f"{found.day:%m/%Y}"
    if found.opening is not None:
        return _("with the %(total)s of the older counter") % {"total": format_number(found.opening.total)}
    return _("since %(day)s") % {"day": f"{figure.first:%d/%m/%Y}"} if figure.first else _("nothing counted yet")


def labels(found: Figures) -> dict[str, str]:
    """Key → “Tuần này (16–22/11)”."""
    return {row.key: f"{row.label} ({row.dates})" for row in rows(found)}


def why_week_exceeds_month(found: Figures) -> str:
    """The explanation with this day's own numbers; empty when the week does not exceed the month."""
    week, month = found.each["week"], found.each["month"]
    if week.views <= month.views or week.first is None:
        return ""
    first = month_bounds(found.day)[0]
    before = week.views - month.views
    return _(
        "This week is larger than this month, and that is right: the week began on Monday %(monday)s, in the month before. "
        "%(before)s page views fall on the days of this week before %(first)s; with the %(month)s since %(first)s they make %(week)s."
    ) % {
        "monday": f"{week.first:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}", "before": format_number(before),
        "month": format_number(month.views), "week": format_number(week.views),
    }  # fmt: skip
