"""The days of the counter among the site's public tables (kheo.core.datasets)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.core.datasets import Column, Dataset, Value, register
from kheo.visits.models import DayCount, Fold


def records() -> QuerySet[DayCount]:
    """Every counted day of every site, the oldest first."""
    return DayCount.objects.order_by("day", "site")


def values(part: Iterable[DayCount]) -> Iterable[Sequence[Value]]:
    """Rows in the order of the columns; a day told by an older counter knows no visits."""
    names = {site.pk: (site.site_name or site.hostname, site.hostname) for site in Site.objects.all()}
    for row in part:
        name, host = names.get(row.site, ("", ""))
        stated = row.source == DayCount.Source.STATED
        yield [row.day, host, name, row.views, None if stated else row.visits, None if stated else row.robots, row.source]


def updated() -> datetime | date | None:
    """When hits were last folded into days; before the first time the last day that is known."""
    folded: datetime | None = Fold.objects.aggregate(last=Max("at"))["last"]
    last: date | None = DayCount.objects.aggregate(last=Max("day"))["last"]
    return folded or last


register(Dataset(
    code="luot-truy-cap", title=_("Visits by day"), keywords=("lượt xem", "lượt truy cập"),
    description=_("Page views and visits of every day and site, robots apart. How they are counted is on the page of the counter."),
    columns=(
        Column("day", _("Day"), "date", _("From midnight to midnight in Vietnam")), Column("host", _("Host name"), "code", _("Of the site; empty when the site is gone")),
        Column("site", _("Site")), Column("views", _("Page views"), "integer", _("Pages shown to people, officers of the site not counted")),
        Column("visits", _("Visits"), "integer", _("With 30 minutes between two of them; empty: the older counter did not know them")),
        Column("robots", _("Robots"), "integer", _("Counted apart, not among the page views")),
        Column("source", _("Source"), "code", _("beacon: counted by this site; log: from the server's log; stated: told by the older counter")),
    ),
    records=records, values=values, updated=updated, cycle="day", address=lambda: reverse("visits:index"),
))  # fmt: skip
