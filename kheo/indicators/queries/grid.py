"""The entry grid: one period, a row for each number to enter, a column for each unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.core.forms.fields import typed
from kheo.indicators import policy
from kheo.indicators.models import Indicator, IndicatorVersion, Observation, Period
from kheo.indicators.queries import definitions, rounds, units
from kheo.indicators.queries.units import Column
from kheo.organizations.models import Organization


@dataclass(frozen=True)
class Box:
    """One cell: its key, what stands in it, what is known about it, and why it cannot be typed in (empty: it can)."""

    key: str
    shown: str
    about: str
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


def areas(user: Any, period: Period) -> list[Column]:
    """The areas of the period whose figures the user may enter or see."""
    found = units.in_period(period)
    if not policy.is_system(user):
        reach = accounts.rights(user).units(policy.ROLES["view"])
        found = [v for v in found if v.organization_id in reach]
    return [units.column(v, period) for v in found]


def rows(unit: Organization, period: Period, user: Any) -> tuple[list[Column], list[Row]]:
    """Columns and rows; a fixed number of queries however many cells."""
    found = units.columns(unit, period)
    numbers = [c.pk for c in found]
    current = {
        (o.indicator_id, o.unit_id): o for o in Observation.objects.filter(is_current=True, period=period, unit_id__in=numbers)
    }
    about = {key: said(o) for key, o in current.items()}
    locks = rounds.locked(period, numbers)
    refused = {pk: "" if (v := policy.may(user, "enter", pk)) else str(v.reason) for pk in numbers}
    made: list[Row] = []
    for indicator in definitions.indicators():
        version = definitions.definition(indicator, period.last)
        if version is None or version.source != "typed":
            continue
        for part in ("numerator", "denominator") if version.has_parts else ("value",):
            boxes = []
            for column in found:
                place = (indicator.pk, column.pk)
                number = getattr(current.get(place), part, None)
                closed = refused[column.pk] or locks.get((column.pk, indicator.pk), "")
                shown = "" if number is None else typed(number)
                boxes.append(Box(f"{indicator.pk}-{column.pk}-{part}", shown, about.get(place, ""), closed, column.title, f"{version.name}, {column.title}"))
            made.append(Row(indicator, version, part, boxes))
    return found, made


def said(observation: Observation) -> str:
    """What is known about a figure in one line: its status or why it is missing, who and when."""
    words = _("No figure: %(reason)s") % {"reason": observation.missing_reason} if observation.missing_reason else observation.get_status_display()
    return f"{words} · {observation.by_name}, {timezone.localtime(observation.at):%H:%M %d/%m/%Y}"
