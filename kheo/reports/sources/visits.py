"""Visits to the site over the period: page views and visits, as the counter keeps them by day."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.urls import reverse

from kheo.core.rules.dates import format_date
from kheo.core.rules.numbers import format_number
from kheo.reports.rules.figures import Figure
from kheo.reports.sources import registry
from kheo.reports.sources.registry import Cell, Scope, Table
from kheo.visits.models import DayCount
from kheo.visits.queries import sites

GROUP = "truy_cap"


def _days(scope: Scope):  # type: ignore[no-untyped-def]
    return DayCount.objects.filter(site=sites.number_of(), day__gte=scope.period.first, day__lte=scope.day)


@registry.source(GROUP, "Truy cập trang thông tin điện tử", lambda scope, code: months(scope, code))
def figures(scope: Scope) -> Iterable[Figure]:
    """Page views and visits of the default site. Days told by an older counter know page views only."""
    stated = Q(source=DayCount.Source.STATED)
    found = _days(scope).aggregate(days=Count("pk"), views=Sum("views"), own=Count("pk", filter=~stated), visits=Sum("visits", filter=~stated))
    href = f"{reverse('visits:index')}?ngay={format_date(scope.day)}"
    length = (scope.day - scope.period.first).days + 1
    for code, label, unit, value, days in (
        ("luot_xem", "Lượt xem trang thông tin điện tử", "lượt xem", found["views"], found["days"]),
        ("luot_truy_cap", "Lượt truy cập trang thông tin điện tử", "lượt truy cập", found["visits"], found["own"]),
    ):
        known = bool(days)
        note = f"Có số đếm của {format_number(days)}/{format_number(length)} ngày trong kỳ." if known and days < length else ""
        yield Figure(
            f"{GROUP}.{code}", label, GROUP, "count", Decimal(value or 0) if known else None, unit=unit, state="known" if known else "missing",
            as_of=scope.day.isoformat(), href=href, public_href=href, note=note,
        )


def months(scope: Scope, code: str) -> Table | None:
    """Months of the period with their page views and visits."""
    sums: dict[str, list[int]] = {}
    for day, views, visits, source in _days(scope).order_by("day").values_list("day", "views", "visits", "source"):
        row = sums.setdefault(f"{day:%m/%Y}", [0, 0, 0])
        row[0], row[1], row[2] = row[0] + 1, row[1] + views, row[2] + (0 if source == DayCount.Source.STATED else visits)
    if not sums:
        return None
    data = [[Cell(month), *(Cell(format_number(v), v) for v in row)] for month, row in sums.items()]
    total = [sum(row[n] for row in sums.values()) for n in range(3)]
    data.append([Cell("Tổng cộng"), *(Cell(format_number(v), v) for v in total)])
    heads = [("Tháng", "text", 25.0), ("Số ngày có số đếm", "number", 25.0), ("Lượt xem", "number", 25.0), ("Lượt truy cập", "number", 25.0)]
    return Table(code, "Truy cập theo tháng", heads, data, total=True)
