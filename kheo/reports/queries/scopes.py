"""Which units and days a report speaks of."""

from __future__ import annotations

from django.utils import timezone

from kheo.core.rules.periods import Period
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationVersion
from kheo.reports.rules.text import last_year
from kheo.reports.sources.registry import Scope


def scope_of(unit: Organization, period: Period) -> Scope:
    """The unit with all below it on the last day of the period (or the last day it existed).

    A unit that did not exist yet when the period began speaks for its predecessors as well: 2023 of
    phường Bỉm Sơn is 2023 of the wards that became it.
    """
    versions = sorted(unit.versions.all(), key=lambda v: v.valid_from)
    last = organizations.last_day(unit)
    day = min(period.last, timezone.localdate(), *([last] if last else []))
    day = max(day, period.first)
    existed = bool(versions) and versions[0].valid_from <= period.first
    if existed:
        units = organizations.subtree_ids(unit, period.first) | organizations.subtree_ids(unit, day)
    else:
        units = organizations.reach_ids([unit.pk])
    return Scope(unit, period, frozenset(units) | {unit.pk}, day, not existed)


def before(scope: Scope) -> Scope:
    """The same period of the year before."""
    return scope_of(scope.unit, last_year(scope.period))


def version_then(scope: Scope) -> OrganizationVersion | None:
    """What the unit was called on the day that is spoken of."""
    return organizations.version_of(scope.unit, scope.day)
