"""Dates as officials write them: day before month, Monday first, Asia/Ho_Chi_Minh.

What can be read in two ways is refused with both readings.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kheo.core.errors import InvalidInput
from kheo.core.rules.text import fold

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)

_MAX_TEXT = 60
# Days of the 1900 system from 1940 to 2100: smaller numbers are years, counts or typing errors.
_SERIAL_FIRST, _SERIAL_LAST = 14611, 73415
_SERIAL_ORIGIN = datetime(1899, 12, 30)

_TIME = r"(?:[ T,]+(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
_ZONE = r"(?P<zone>Z|[+-][01]\d:?[0-5]\d)?"
_DMY = re.compile(
    r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2})" + _TIME,
    re.ASCII,
)
_YMD = re.compile(
    r"(?P<year>\d{4})[/.\-](?P<month>\d{1,2})[/.\-](?P<day>\d{1,2})" + _TIME + r"\s*" + _ZONE,
    re.ASCII,
)
_WORDS = re.compile(
    r"(?:ngay )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>\d{4})", re.ASCII
)


def parse_date(
    value: object,
    *,
    earliest: date = EARLIEST,
    latest: date = LATEST,
    today: date | None = None,
    field: str | None = None,
) -> date:
    """Read one date.

    Accepts ``5/11/2023``, ``5-11-2023``, ``5.11.2023``, ``2023-11-05``, ``ngày 05 tháng 11 năm
    2023``, each with a time, dates of spreadsheets (also as serial numbers) and instants with a
    zone, which are moved to Vietnamese time first. A two-digit year passes only when one century
    lies between ``earliest`` and ten years after today. Raises InvalidInput ``date_*``.
    """
    try:
        found = _read(value, earliest, latest, today).date()
        if not earliest <= found <= latest:
            raise _invalid("date_out_of_range", value, first=earliest, last=latest)
    except InvalidInput as error:
        error.field = field
        raise
    return found


def parse_datetime(value: object, *, field: str | None = None) -> datetime:
    """Read one instant, aware, in Vietnamese time; a date alone is its midnight."""
    try:
        found = _read(value, EARLIEST, LATEST, None)
        if not EARLIEST <= found.date() <= LATEST:
            raise _invalid("date_out_of_range", value, first=EARLIEST, last=LATEST)
    except InvalidInput as error:
        error.field = field
        raise
    return found.replace(tzinfo=VIETNAM)


def _read(value: object, earliest: date, latest: date, today: date | None) -> datetime:
    """Return the naive Vietnamese local time that the value means."""
    if isinstance(value, datetime):
        return local_clock(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, bool) or value is None:
        raise (
            InvalidInput(code="date_missing")
            if value is None
            else _invalid("date_unreadable", value)
        )
    if isinstance(value, int | float | Decimal):
        return _from_serial(value)
    if isinstance(value, str):
        return _from_text(value, earliest, latest, today)
    raise _invalid("date_unreadable", value)


def local_clock(moment: datetime) -> datetime:
    """Return the instant on the clock of Việt Nam, without its zone; a moment without one is taken to be there."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(VIETNAM).replace(tzinfo=None)
    except OverflowError:
        raise _invalid("date_unreadable", moment) from None


def _from_serial(value: int | float | Decimal) -> datetime:
    if 1900 <= value <= 2100 and value == int(value):
        raise _invalid("date_only_year", int(value))
    if not _SERIAL_FIRST <= value <= _SERIAL_LAST:  # NaN and infinity end here too
        raise _invalid("date_unreadable", value)
    days = int(value)
    seconds = round((float(value) - days) * 86400)
    return _SERIAL_ORIGIN + timedelta(days=days, seconds=seconds)


def _from_text(text: str, earliest: date, latest: date, today: date | None) -> datetime:
    clean = " ".join(text[: _MAX_TEXT * 4].split())
    if not clean:
        raise InvalidInput(code="date_missing")
    if len(clean) > _MAX_TEXT:
        raise _invalid("date_unreadable", clean[:_MAX_TEXT] + "…")
    if re.fullmatch(r"[0-9]{5}", clean) and _SERIAL_FIRST <= int(clean) <= _SERIAL_LAST:
        return _from_serial(int(clean))
    if re.fullmatch(r"(19|20)[0-9]{2}", clean):
        raise _invalid("date_only_year", clean)
    match = _DMY.fullmatch(clean) or _YMD.fullmatch(clean) or _WORDS.fullmatch(fold(clean))
    if match is None:
        code = "date_only_month" if _is_month(clean) else "date_unreadable"
        raise _invalid(code, clean)
    parts = match.groupdict()
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year = _century(parts, clean, earliest, latest, today)
    return _build(year, parts, clean)


def _build(year: int, parts: dict[str, str | None], text: str) -> datetime:
    day, month = int(parts["day"] or 0), int(parts["month"] or 0)
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    try:
        found = datetime(year, month, day, hour, minute, second)
    except ValueError:
        if month > 12 and day <= 12:
            swapped = f"{month:02d}/{day:02d}/{year:04d}"
            raise _invalid("date_month_first", text, swapped=swapped) from None
        raise _invalid("date_impossible", text) from None
    zone = parts.get("zone")
    if not zone:
        return found
    try:
        aware = datetime.fromisoformat(found.isoformat() + zone.replace("Z", "+00:00"))
    except ValueError:
        raise _invalid("date_unreadable", text) from None
    return local_clock(aware)


def _century(
    parts: dict[str, str | None], text: str, earliest: date, latest: date, today: date | None
) -> int:
    """Return the only possible year, or refuse with both readings."""
    now = today or datetime.now(VIETNAM).date()
    short = int(parts["year"] or 0)
    last = min(latest.year, now.year + 10)
    years = [year for year in (1900 + short, 2000 + short) if earliest.year <= year <= last]
    if len(years) == 1:
        return years[0]
    stem = f"{int(parts['day'] or 0):02d}/{int(parts['month'] or 0):02d}/"
    raise _invalid(
        "date_ambiguous_year", text, older=f"{stem}{1900 + short}", newer=f"{stem}{2000 + short}"
    )


def _is_month(text: str) -> bool:
    return re.fullmatch(r"(thang )?[0-9]{1,2} (nam )?[0-9]{4}", fold(text)) is not None


def _invalid(code: str, value: object, **params: object) -> InvalidInput:
    shown = {
        name: format_date(param) if isinstance(param, date) else param
        for name, param in params.items()
    }
    return InvalidInput(code=code, params={"text": str(value)[: _MAX_TEXT + 1], **shown})


def format_date(day: date) -> str:
    """Return ``05/11/2023``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: date) -> str:
    """Return ``ngày 05 tháng 01 năm 2026``: days below 10 and months 1 and 2 carry a zero.

    Source: Nghị định 30/2020/NĐ-CP, annex I.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def week_bounds(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month_bounds(day: date) -> tuple[date, date]:
    """Return the first and the last day of the day's month."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)
