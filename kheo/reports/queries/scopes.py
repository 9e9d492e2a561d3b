"""Which units and days a report speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kheo.core.rules.periods import Period
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationVersion, Succession
from kheo.reports.rules.text import last_year
from kheo.reports.sources.registry import Scope


def scope_of(unit: Organization, period: Period) -> Scope:
    """The unit with all below it on the last day of the period (or the last day it existed).

    A unit that did not exist yet when the period began speaks for the units that passed whole into it:
    2023 of phường Bỉm Sơn is 2023 of the wards that became it. What a divided unit did (the town) is
    apportioned to nobody.
    """
    versions = sorted(unit.versions.all(), key=lambda v: v.valid_from)
    last = organizations.last_day(unit)
    day = min(period.last, timezone.localdate(), *([last] if last else []))
    day = max(day, period.first)
    existed = bool(versions) and versions[0].valid_from <= period.first
    units = organizations.subtree_ids(unit, period.first) | organizations.subtree_ids(unit, day)
    if not existed:
        units |= _passed_into(unit.pk, period.first)
    return Scope(unit, period, frozenset(units) | {unit.pk}, day, not existed)


def _passed_into(unit: int, first: date) -> frozenset[int]:
    """The units that passed whole into this one after a day, each with all below it on its last day."""
    found: set[int] = set()
    waiting = [unit]
    while waiting:
        for step in former(waiting.pop(), first).whole:
            if step.predecessor_id not in found:
                found |= organizations.subtree_ids(step.predecessor_id, step.on - timedelta(days=1))
                waiting.append(step.predecessor_id)
    return frozenset(found)


@dataclass(frozen=True)
class Former:
    """What passed into a unit: units that passed whole, and divided ones, of which it got a part."""

    whole: list[Succession]
    divided: list[Succession]


def former(unit: int, first: date) -> Former:
    """The units that passed into this one after a day, each with the paper that says so."""
    steps = list(Succession.objects.filter(successor_id=unit, on__gt=first).select_related("basis").prefetch_related("predecessor__versions").order_by("on", "pk"))
    others = Succession.objects.filter(predecessor_id__in=[s.predecessor_id for s in steps]).exclude(successor_id=unit)
    divided = set(others.values_list("predecessor_id", flat=True)) | {s.predecessor_id for s in steps if s.partial}
    return Former([s for s in steps if s.predecessor_id not in divided], [s for s in steps if s.predecessor_id in divided])


def before(scope: Scope) -> Scope:
    """The same period of the year before."""
    return scope_of(scope.unit, last_year(scope.period))


def version_then(scope: Scope) -> OrganizationVersion | None:
    """What the unit was called on the day that is spoken of."""
    return organizations.version_of(scope.unit, scope.day)
