"""What indicators may take from this room: coverage, open and late findings, launched share."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.indicators import sources
from kheo.indicators.sources import Count, Days, Source
from kheo.inspections import queries
from kheo.inspections.models import Programme
from kheo.inspections.queries import published, shares
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization


def _last(period: Days) -> date:
    return min(period.last, timezone.localdate())


def covered(unit: Organization, period: Days) -> Count:
    """Distinct units done ÷ units active, over the plans of this area that run in the period."""
    last = _last(period)
    plans = list(queries.public().prefetch_related(None).filter(within=unit, starts_on__lte=last, ends_on__gte=period.first))
    done, active = shares.over_plans(plans, last)
    href = reverse("inspections:plan", args=[plans[0].slug]) if len(plans) == 1 else reverse("inspections:index")
    return Count(None, len(done), len(active), last, href) if plans else Count(as_of=last, href=href)


def findings_open(unit: Organization, period: Days) -> Count:
    """Findings about units of this area that were open on the last day."""
    return Count(published.open_findings(_units(unit, period), _last(period))[0], as_of=_last(period), href=reverse("inspections:index"))


def findings_late(unit: Organization, period: Days) -> Count:
    """Of the open findings those past their deadline on the last day."""
    return Count(published.open_findings(_units(unit, period), _last(period))[1], as_of=_last(period), href=reverse("inspections:index"))


def launched(unit: Organization, period: Days) -> Count:
    """Units of this area that launched the scored programme ÷ all of them, on the last day."""
    last = _last(period)
    programme = Programme.objects.filter(within=unit, starts_on__lte=last).order_by("starts_on").first()
    if programme is None:
        return Count(as_of=last, href=reverse("inspections:index"))
    share = shares.of_programmes([programme], last.year, shares.units(), last)[0].launched
    return Count(None, share.numerator, share.denominator, share.as_of, reverse("inspections:programme", args=[programme.slug]))


def _units(unit: Organization, period: Days) -> frozenset[int]:
    return organizations.subtree_ids(unit, _last(period)) | {unit.pk}


for source in (
    Source("inspections.coverage", _("Coverage"), _("units"), covered),
    Source("inspections.findings_open", _("Open findings"), _("findings"), findings_open),
    Source("inspections.findings_late", _("Late findings"), _("findings"), findings_late),
    Source("inspections.launched", _("Units that launched the scored programme"), _("units"), launched),
):
    sources.register(source)
