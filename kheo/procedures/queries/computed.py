"""What indicators may take from this room: dossiers received, settled, overdue, and the on-time rate."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core.rules.numbers import Ratio
from kheo.indicators import sources
from kheo.indicators.sources import Count, Days, Source
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.procedures.queries import figures
from kheo.procedures.rules.table import Counts


def _published(unit: Organization, period: Days) -> tuple[Counts | None, Count]:
    """The totals of the unit and those below it; with an empty count that says as of when and opens
    the table. None where nothing is published for these days."""
    found = sources.for_each(("procedures.over_days", unit.pk), period, lambda periods: figures.over_stretches([
        (one.first, one.last, organizations.subtree_ids(unit, one.last) | {unit.pk}) for one in periods
    ]))
    if found is None:
        return None, Count(href=reverse("procedures:index"))
    counts, as_of = found
    return counts, Count(as_of=as_of, href=f"{reverse('procedures:index')}?ky={getattr(period, 'code', '')}")


def _number(name: str) -> Callable[[Organization, Days], Count]:
    def compute(unit: Organization, period: Days) -> Count:
        counts, empty = _published(unit, period)
        return empty if counts is None else Count(getattr(counts, name), as_of=empty.as_of, href=empty.href)

    return compute


def _rate(name: str) -> Callable[[Organization, Days], Count]:
    def compute(unit: Organization, period: Days) -> Count:
        counts, empty = _published(unit, period)
        if counts is None:
            return empty
        rate: Ratio = getattr(counts, name)
        return Count(None, rate.numerator, rate.denominator, empty.as_of, empty.href)

    return compute


for source in (
    Source("procedures.on_time", _("Dossiers settled early or on time"), _("dossiers"), _rate("on_time_rate")),
    Source("procedures.received", _("Dossiers received"), _("dossiers"), _number("received")),
    Source("procedures.settled", _("Dossiers settled"), _("dossiers"), _number("settled")),
    Source("procedures.overdue", _("Dossiers settled overdue"), _("dossiers"), _number("overdue")),
    Source("procedures.pending", _("Dossiers in progress at the end"), _("dossiers"), _number("pending")),
):
    sources.register(source)
