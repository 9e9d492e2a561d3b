"""Periods of reporting: a year, a half, a quarter, a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import month_bounds
from kheo.core.rules.text import fold

PeriodKind = Literal["year", "half", "quarter", "month"]

_YEAR = r"(?P<year>19\d{2}|20\d{2})"
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
# On folded text: punctuation is already a space.
_FORMS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("year", re.compile(rf"(?:nam )?{_YEAR}")),
    ("month", re.compile(rf"(?:thang )?(?P<n>0?[1-9]|1[0-2]) (?:nam )?{_YEAR}")),
    ("month", re.compile(rf"{_YEAR} (?P<n>0[1-9]|1[0-2])")),
    ("quarter", re.compile(rf"quy (?P<n>iv|i{{1,3}}|[1-4]) (?:nam )?{_YEAR}")),
    ("quarter", re.compile(rf"{_YEAR} q(?P<n>[1-4])")),
    ("half", re.compile(rf"(?:6|06|sau) thang (?P<n>dau|cuoi) nam {_YEAR}")),
    ("half", re.compile(rf"{_YEAR} h(?P<n>[12])")),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of days, first and last included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def until(self) -> date:
        """The day after the last one, for half-open comparisons."""
        return self.last + timedelta(days=1)

    @property
    def code(self) -> str:
        """``2023``, ``2023-H1``, ``2023-Q4`` or ``2023-11``."""
        number = (self.first.month - 1) // _MONTHS[self.kind] + 1
        suffix = {"year": "", "half": f"-H{number}", "quarter": f"-Q{number}"}
        return f"{self.first.year}{suffix.get(self.kind, f'-{number:02d}')}"


def parse_period(value: object, *, field: str | None = None) -> Period:
    """Read ``2023``, ``năm 2023``, ``11/2023``, ``2023-11``, ``quý IV/2023``, ``2023-H1``,
    ``6 tháng đầu năm 2023``. Raises InvalidInput ``period_unreadable``.
    """
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    folded = fold(text[:80])
    for kind, form in _FORMS:
        match = form.fullmatch(folded)
        if match:
            parts = match.groupdict()
            return period(kind, int(parts["year"]), _number(parts.get("n") or "1"))
    raise InvalidInput(code="period_unreadable", params={"text": text[:80]}, field=field)


def _number(text: str) -> int:
    if text in ("dau", "cuoi"):
        return 1 if text == "dau" else 2
    return _ORDINALS.get(text) or int(text)


def period(kind: PeriodKind, year: int, number: int = 1) -> Period:
    """Return the number-th period of its kind in the year (1 is the first)."""
    months = _MONTHS[kind]
    if not 1 <= number <= 12 // months:
        raise ValueError(f"no {kind} {number} in a year")
    last_month = date(year, number * months, 1)
    return Period(kind, date(year, (number - 1) * months + 1, 1), month_bounds(last_month)[1])
