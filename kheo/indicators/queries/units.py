"""Areas of a period: also those that ended in it, or their figures could be neither entered nor found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from kheo.core.rules import dates
from kheo.indicators.models import Period
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationVersion, Succession


@dataclass(frozen=True)
class Column:
    """One area of a period under the name it bore last; `until` is its last day when it ended in the period."""

    pk: int
    slug: str
    name: str
    until: date | None = None

    @property
    def title(self) -> str:
        """The name, with the last day of an area that has ended."""
        return self.name if self.until is None else _("%(unit)s (until %(day)s)") % {"unit": self.name, "day": dates.format_date(self.until)}


def in_period(period: Period) -> list[OrganizationVersion]:
    """The last version of each area that existed on any day of the period, by kind and Vietnamese alphabet."""
    found = OrganizationVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=period.first), kind__is_area=True, valid_from__lte=period.last
    ).select_related("organization", "kind")
    last = {v.organization_id: v for v in found.order_by("valid_from")}
    return sorted(last.values(), key=lambda v: (v.kind.order, v.sort_key))


def column(version: OrganizationVersion, period: Period) -> Column:
    """An area as a column of the period."""
    ended = version.valid_to is not None and version.valid_to <= period.last
    return Column(version.organization_id, version.organization.slug, version.name, version.valid_to - timedelta(days=1) if ended and version.valid_to else None)


def columns(unit: Organization, period: Period) -> list[Column]:
    """The unit itself and the areas that were directly below it in the period."""
    found = in_period(period)
    own = [v for v in found if v.organization_id == unit.pk]
    return [column(v, period) for v in own + [v for v in found if v.parent_id == unit.pk]]


def below(unit: Organization, period: Period) -> list[Column]:
    """The unit and all areas below it in the period, at whatever depth."""
    found = in_period(period)
    parents = {v.organization_id: v.parent_id for v in found}

    def within(pk: int | None, depth: int = 0) -> bool:
        return pk == unit.pk or (pk is not None and depth < 12 and within(parents.get(pk), depth + 1))

    return [column(v, period) for v in found if within(v.organization_id)]


def titles(period: Period) -> dict[int, str]:
    """Area number → the name it bore last in the period."""
    return {v.organization_id: column(v, period).title for v in in_period(period)}


def name(unit: Organization, period: Period) -> str:
    """The name a unit bore last in the period."""
    return next((column(v, period).title for v in in_period(period) if v.organization_id == unit.pk), organizations.name_on(unit, period.last))


def passed(found: list[Column], period: Period) -> list[Succession]:
    """Into what the areas that ended in the period passed, by which paper."""
    ended = [c.pk for c in found if c.until is not None]
    steps = Succession.objects.filter(predecessor_id__in=ended, on__gt=period.first, on__lte=period.last)
    return list(steps.select_related("basis").prefetch_related("predecessor__versions", "successor__versions").order_by("on", "pk"))
