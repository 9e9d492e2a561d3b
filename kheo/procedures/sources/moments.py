"""Instants as exports write them, fast for the two usual forms and exact for all.

Instants are naive Vietnamese local time until they are stored: the clock there has stood at UTC+7
without change since 1975, so one constant turns them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kheo.core.rules.dates import parse_datetime

OFFSET = timedelta(hours=7)


def moment(value: Any) -> datetime | None:
    """The local instant of a cell; None when it is empty. Raises InvalidInput ``date_*``."""
    if type(value) is datetime and value.tzinfo is None:
        return value
    if value is None or value == "":
        return None
    if type(value) is str:
        text = value.strip()
        if not text or text == "-":
            return None
        quick = _quick(text)
        if quick is not None:
            return quick
    return parse_datetime(value).replace(tzinfo=None)


def _quick(text: str) -> datetime | None:
    """`05/11/2023 14:30`, with seconds or without a clock; None for any other form or value."""
    if len(text) not in (10, 16, 19) or text[2] != "/" or text[5] != "/":
        return None
    try:
        year, month, day = int(text[6:10]), int(text[3:5]), int(text[:2])
        if len(text) == 10:
            return datetime(year, month, day)
        if text[13] != ":":
            return None
        return datetime(year, month, day, int(text[11:13]), int(text[14:16]), int(text[17:19] or 0))
    except ValueError:
        return None


def as_utc(moment: datetime | None) -> str | None:
    """The instant as both databases take it as text: UTC without a zone mark."""
    return None if moment is None else str(moment - OFFSET)


def is_date_only(moment: datetime) -> bool:
    """True for midnight: exports write a date without a clock so."""
    return not (moment.hour or moment.minute or moment.second)


def day_of(moment: datetime) -> date:
    """The local day."""
    return moment.date()
