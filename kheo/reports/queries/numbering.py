"""Numbers of reports: by year for state papers, over the whole term of a Party committee for Party papers."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from kheo.core.rules.text import canonical
from kheo.reports.models import Issue, Report
from kheo.reports.rules.formats import Format


def series_of(layout: Format, report: Report, on: date) -> str:
    """Within what a number is given once: issuer, symbol and year, or issuer, symbol and term."""
    issuer = canonical(report.issuer)[:70]
    return f"{issuer}|{report.symbol}|{layout.span(report.symbol, on)}"[:120]


def next_number(series: str) -> int:
    """One more than the highest number given."""
    highest = Issue.objects.filter(series=series).aggregate(top=Max("number"))["top"]
    return (highest or 0) + 1
