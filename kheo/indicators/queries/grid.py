"""The entry grid: one period, a row for each number to enter, a column for each unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kheo.accounts import queries as accounts
from kheo.core.forms.fields import typed
from kheo.indicators import policy
from kheo.indicators.models import Indicator, IndicatorVersion, Observation, Period
from kheo.indicators.queries import definitions, rounds
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization


@dataclass(frozen=True)
class Box:
    """One cell: its key, what stands in it, and why it cannot be typed in (empty: it can)."""

    key: str
    shown: str
    closed: str
    unit_name: str
    title: str


@dataclass(frozen=True)
class Row:
    """A number of an indicator: its value, or numerator and denominator."""

    indicator: Indicator
    definition: IndicatorVersion
    part: str
    boxes: list[Box]


def areas(user: Any, period: Period) -> list[tuple[int, str, str]]:
    """(number, address, name) of the areas whose figures the user may enter or see."""
    versions = organizations.versions_on(period.last).filter(kind__is_area=True).order_by("kind__order", "sort_key")
    if not policy.is_system(user):
        reach = accounts.rights(user).units(policy.ROLES["view"])
        versions = versions.filter(organization_id__in=reach)
    return [(v.organization_id, v.organization.slug, v.name) for v in versions]


def columns(unit: Organization, period: Period) -> list[tuple[int, str]]:
    """The unit itself and the areas directly below it at the end of the period."""
    below = organizations.children(unit, period.last).filter(kind__is_area=True)
    return [(unit.pk, organizations.name_on(unit, period.last)), *((v.organization_id, v.name) for v in below)]


def rows(unit: Organization, period: Period, user: Any) -> tuple[list[tuple[int, str]], list[Row]]:
    """Columns and rows; a fixed number of queries however many cells."""
    found = columns(unit, period)
    numbers = [pk for pk, _name in found]
    current = {
        (o.indicator_id, o.unit_id): o for o in Observation.objects.filter(is_current=True, period=period, unit_id__in=numbers)
    }
    locks = rounds.locked(period, numbers)
    refused = {pk: "" if (v := policy.may(user, "enter", pk)) else str(v.reason) for pk in numbers}
    made: list[Row] = []
    for indicator in definitions.indicators():
        version = definitions.definition(indicator, period.last)
        if version is None or version.source != "typed":
            continue
        for part in ("numerator", "denominator") if version.has_parts else ("value",):
            boxes = []
            for pk, name in found:
                number = getattr(current.get((indicator.pk, pk)), part, None)
                closed = refused[pk] or locks.get((pk, indicator.pk), "")
                boxes.append(Box(f"{indicator.pk}-{pk}-{part}", "" if number is None else typed(number), closed, name, f"{version.name}, {name}"))
            made.append(Row(indicator, version, part, boxes))
    return found, made
