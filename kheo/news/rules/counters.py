"""Visit counters of old portals: reading them, what must hold between them, which days they fit.

An unlabelled counter is not proof of a fault: a week is larger than a month when it began in the
month before. Weeks start on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kheo.core.rules.text import fold

LABELS = {
    "today": "hom nay|ngay hom nay|trong ngay|truy cap hom nay|luot truy cap hom nay|truy cap trong ngay|luot truy cap trong ngay|ngay nay|today|visits today|visitors today",
    "yesterday": "hom qua|ngay hom qua|truy cap hom qua|luot truy cap hom qua|yesterday|visits yesterday",
    "week": "tuan nay|trong tuan|tuan hien tai|truy cap trong tuan|luot truy cap trong tuan|truy cap tuan nay|luot truy cap tuan nay|this week|week|visits this week",
    "last_week": "tuan truoc|tuan qua|last week",
    "month": "thang nay|trong thang|thang hien tai|truy cap trong thang|luot truy cap trong thang|truy cap thang nay|luot truy cap thang nay|this month|month|visits this month",
    "last_month": "thang truoc|thang qua|last month",
    "year": "nam nay|trong nam|truy cap trong nam|luot truy cap trong nam|this year|year",
    "all": "tat ca|tong|tong so|tong cong|tong truy cap|tong luot truy cap|tong so luot truy cap|tong so truy cap|tong luot|luot truy cap|so luot truy cap|all|all time|all days|total|total visits|total visitors",
    "online": "dang truy cap|dang online|truc tuyen|online|khach truc tuyen|dang xem|so nguoi dang truy cap|now|who is online|online now",
}  # fmt: skip
_BY_LABEL = {label: key for key, labels in LABELS.items() for label in labels.split("|")}
_NUMBER = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d+"
_LINE = re.compile(rf"^[\s•·*+|>–-]*(?P<label>[^\d:：=|]{{2,60}}?)\s*[:：=|–-]?\s*(?P<number>{_NUMBER})?\s*(?:lượt|luot|visits?|views?)?\s*[.]?\s*$", re.IGNORECASE)
_ONLY_NUMBER = re.compile(rf"^\s*[:：]?\s*(?P<number>{_NUMBER})\s*(?:lượt|visits?|views?)?\s*$", re.IGNORECASE)
TITLES = frozenset(["truy cap", "thong ke truy cap", "luot truy cap", "thong ke", "so luot truy cap", "bo dem", "bo dem truy cap", "visits", "visitors", "statistics", "visitor counter", "counter", "thong ke website"])
GAP = 3  # lines without a counter inside one block
CHECKED = ("today", "yesterday", "week", "month", "all")


@dataclass
class Counters:
    """One block of counters: key → value, the lines it took, and values seen twice that differ."""

    values: dict[str, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    conflicts: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Invariant:
    """A relation between two figures: `holds` True, False, or None when it depends on the day."""

    code: str
    left: int
    right: int
    holds: bool | None


@dataclass(frozen=True)
class Fit:
    """A day the figures can have been taken on: day of the month, weekday (0 Monday), how even the days before were."""

    day: int
    weekday: int
    evenness: float


def find(lines: list[str]) -> Counters | None:
    """The counters among the lines; None with fewer than two of them together."""
    hits = list(_hits(lines))
    best: list[tuple[str, int, int, int]] = []
    group: list[tuple[str, int, int, int]] = []
    for hit in hits:
        if group and hit[2] - group[-1][3] > GAP:
            group = []
        group.append(hit)
        if len({key for key, *_rest in group}) > len({key for key, *_rest in best}):
            best = list(group)
    if len({key for key, *_rest in best}) < 2:
        return None
    return _gathered(best, lines)


def _hits(lines: list[str]) -> list[tuple[str, int, int, int]]:
    """(key, value, first line, last line) of each labelled number."""
    found, n = [], 0
    while n < len(lines):
        match = _LINE.match(lines[n]) if len(lines[n]) <= 100 else None
        key = _BY_LABEL.get(fold(match["label"])) if match else None
        if key and match:
            if match["number"]:
                found.append((key, whole(match["number"]), n, n))
            else:
                below = next((m for m in range(n + 1, min(n + 3, len(lines))) if lines[m].strip()), None)
                number = _ONLY_NUMBER.match(lines[below]) if below is not None else None
                if number and below is not None:
                    found.append((key, whole(number["number"]), n, below))
                    n = below
        n += 1
    return found


def whole(text: str) -> int:
    """A count with or without separators of thousands; counters have no decimals."""
    return int(re.sub(r"\D", "", text))


def _gathered(hits: list[tuple[str, int, int, int]], lines: list[str]) -> Counters:
    found = Counters()
    for key, value, first, last in hits:
        if key in found.values and found.values[key] != value:
            found.conflicts.setdefault(key, [found.values[key]]).append(value)
        found.values.setdefault(key, value)
        found.lines += range(first, last + 1)
    above = next((n for n in range(hits[0][2] - 1, max(-1, hits[0][2] - 4), -1) if lines[n].strip()), None)
    if above is not None and fold(lines[above]) in TITLES:
        found.lines.append(above)
    return found


def invariants(values: Mapping[str, int]) -> list[Invariant]:
    """What must hold between the figures, as far as they are there."""
    both = values["today"] + values["yesterday"] if "today" in values and "yesterday" in values else None
    pairs = (  # (code, left, right, whether an overrun depends on the day instead of being wrong)
        ("today_week", values.get("today"), values.get("week"), False), ("today_month", values.get("today"), values.get("month"), False),
        ("two_days_week", both, values.get("week"), True), ("two_days_month", both, values.get("month"), True),
        ("week_month", values.get("week"), values.get("month"), True),
        *((f"{key}_all", values.get(key), values.get("all"), False) for key in ("today", "yesterday", "week", "month", "year")),
    )
    return [
        Invariant(code, left, right, True if left <= right else None if depends else False)
        for code, left, right, depends in pairs if left is not None and right is not None
    ]


def fits(values: Mapping[str, int]) -> list[Fit]:
    """The days (day of month × weekday) the figures can have been taken on, the most even first."""
    today, yesterday, week, month = (values.get(key) for key in CHECKED[:4])
    if today is None or yesterday is None or week is None or month is None:
        return []
    found = [
        Fit(day, weekday, _evenness(today, yesterday, week, month, day, weekday))
        for day in range(1, 32) for weekday in range(7)
        if _possible(today, yesterday, week, month, day, weekday)
    ]
    return sorted(found, key=lambda fit: (fit.evenness, fit.day, fit.weekday))


def _possible(today: int, yesterday: int, week: int, month: int, day: int, weekday: int) -> bool:
    """Whether the sums can be so on a day `day` of its month that is weekday `weekday`."""
    first_of_week = day - weekday  # ≤ 0: the week began in the month before
    conditions = (
        (week == today) if weekday == 0 else (week == today + yesterday) if weekday == 1 else (week >= today + yesterday),
        (month == today) if day == 1 else (month == today + yesterday) if day == 2 else (month >= today + yesterday),
        week >= month if first_of_week < 1 else week == month if first_of_week == 1 else week <= month,
    )
    return all(conditions)


def _evenness(today: int, yesterday: int, week: int, month: int, day: int, weekday: int) -> float:
    """How far apart the daily rates are that the figures would mean: 1 when every day is like the other."""
    spans = [(yesterday, 1)]
    inner, outer, shorter, longer = (month, week, day, weekday + 1) if day <= weekday + 1 else (week, month, weekday + 1, day)
    if shorter > 2:
        spans.append((inner - today - yesterday, shorter - 2))
    if longer > max(shorter, 2):
        spans.append((outer - max(inner, today + yesterday), longer - max(shorter, 2)))
    rates = [total / days for total, days in spans]
    return max(rates) / min(rates) if min(rates) > 0 else float("inf")


def calendar_days(fit: Fit, since: date, until: date) -> list[date]:
    """The calendar days of a fit within the span, newest first."""
    found, on = [], until
    while on >= since:
        if on.weekday() == fit.weekday and on.day == fit.day:
            found.append(on)
        on -= timedelta(days=1)
    return found
