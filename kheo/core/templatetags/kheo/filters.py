"""Filters that write numbers, dates and amounts the Vietnamese way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from kheo.core.rules import dates, numbers

register = template.Library()

NOTHING = "–"
"""Shown for a missing value: an en dash, never 0."""


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """A number with Vietnamese grouping: 11182 gives `11.182`; None gives a dash."""
    found = _decimal(value)
    return NOTHING if found is None else numbers.format_number(found, decimals)


@register.filter
def percent(value: Any, decimals: int = 1) -> str:
    """A percentage already times 100: 15.3 gives `15,3%`; None gives a dash."""
    found = _decimal(value)
    return NOTHING if found is None else numbers.format_percent(found, decimals)


@register.filter
def money(value: Any) -> str:
    """An amount in đồng: 12000000 gives `12.000.000 đồng`; None gives a dash."""
    found = _decimal(value)
    if found is None:
        return NOTHING
    return gettext("%(amount)s đồng") % {"amount": numbers.format_number(found)}


@register.filter
def date_vi(value: Any) -> str:
    """A day as 05/11/2023; instants are first moved to local time; None gives a dash."""
    day = _day(value)
    return NOTHING if day is None else dates.format_date(day)


@register.filter
def long_date(value: Any) -> str:
    """A day in words: `ngày 05 tháng 01 năm 2026`, or `5 January 2026` in English."""
    day = _day(value)
    if day is None:
        return NOTHING
    if get_language() == "en":
        return f"{day.day} {day:%B %Y}"
    return dates.long_date(day)


@register.filter
def datetime_vi(value: Any) -> str:
    """A moment as `14:30, 05/11/2023` in local time; a plain day stays a day."""
    if isinstance(value, dt.datetime):
        local = _local(value)
        return f"{local:%H:%M}, {dates.format_date(local.date())}"
    return date_vi(value)


@register.filter
def time_tag(value: Any, words: str = "") -> SafeString:
    """A `<time>` element: a moment or a day for people and for machines."""
    if value is None or value == "":
        return format_html("{}", NOTHING)
    shown = words or (datetime_vi(value) if isinstance(value, dt.datetime) else date_vi(value))
    machine = _local(value) if isinstance(value, dt.datetime) else value
    if isinstance(machine, dt.datetime):
        machine = machine.replace(microsecond=0)
    return format_html('<time datetime="{}">{}</time>', machine.isoformat(), shown)


@register.filter
def bytes_vi(value: Any) -> str:
    """A file size: 2411724 gives `2,3 MB`."""
    found = _decimal(value)
    if found is None:
        return NOTHING
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if found >= size:
            return f"{numbers.format_number(found / size, 1)} {unit}"
    return f"{numbers.format_number(found)} B"


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """An entry of a dict by a variable key; None when it is not there."""
    try:
        return mapping[key]
    except (KeyError, IndexError, TypeError):
        return None


@register.filter
def dash(value: Any) -> Any:
    """The value, or a dash when it is None or empty; 0 stays 0."""
    return NOTHING if value is None or value == "" else conditional_escape(value)


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        return value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return _local(value).date()
    return value if isinstance(value, dt.date) else None
