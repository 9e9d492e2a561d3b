"""Reading the working calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core.rules.dates import format_date, month_bounds, week_bounds
from kheo.core.waiting import Task, Waiting
from kheo.workdays import dependents, policy, rules, sources
from kheo.workdays.models import CalendarDay, Decided, DecidedYear, State, WeeklyPattern

FIRST_YEAR, LAST_YEAR = 2000, 2100
KINDS: tuple[type[Decided], ...] = (CalendarDay, WeeklyPattern, DecidedYear)


def calendar_for(
    unit: Any = None, on: date | None = None, *, assume: Sequence[CalendarDay] = (), without: Sequence[CalendarDay] = ()
) -> rules.Calendar:
    """The calendar that holds for a unit (row or number; None: the whole country).

    `on` (default today) is the day whose tree of units tells which province and superior units apply.
    The nearest scope wins: the unit's own day before the province's, that before the country's.
    `assume` are proposals to be taken as decided and `without` decided days to be left out, for a preview. Costs about five queries: hold on to
    the calendar for many dates instead of asking again.
    """
    above = _scopes(unit, on or timezone.localdate())
    rank = {number: n for n, number in enumerate(above)}
    rows = CalendarDay.objects.filter(unit_id__in=above, state__in=[State.DECIDED, State.PROPOSED]).select_related("basis")
    assumed, left_out = {row.pk for row in assume}, {row.pk for row in without}
    decided: dict[date, CalendarDay] = {}
    proposed: dict[date, list[CalendarDay]] = defaultdict(list)
    for row in sorted([*rows, *(row for row in assume if row.unit_id in rank)], key=lambda row: -rank[row.unit_id]):
        if row.pk in left_out:
            continue
        if row.state == State.DECIDED or row.pk in assumed:
            decided[row.on] = row
        else:
            proposed[row.on].append(row)
    return rules.Calendar(
        patterns=_patterns(above),
        days={on: as_day(row) for on, row in decided.items()},
        proposed={on: tuple(as_day(row) for row in found) for on, found in proposed.items()},
        decided_years=frozenset(decided_years()),
    )


def _scopes(unit: Any, on: date) -> list[int]:
    """Numbers of the unit and those above it, the nearest first, then 0 for the whole country."""
    number = unit if isinstance(unit, int) else getattr(unit, "pk", None)
    return [*(sources.places().above(number, on) if number else []), 0]


def _patterns(above: list[int]) -> tuple[rules.Pattern, ...]:
    found = WeeklyPattern.objects.filter(unit_id__in=above, state=State.DECIDED)
    ordered = sorted(found, key=lambda row: (above.index(row.unit_id), -row.valid_from.toordinal()))
    return tuple(as_pattern(row) for row in ordered) or (rules.FIVE_DAYS,)


def as_pattern(row: WeeklyPattern) -> rules.Pattern:
    """A row as the rules read it."""
    morning = rules.Session(row.morning_from, row.morning_to)
    afternoon = rules.Session(row.afternoon_from, row.afternoon_to)
    week = tuple(
        tuple(session for session, mask in ((morning, row.mornings), (afternoon, row.afternoons)) if mask[n] == "1")
        for n in range(7)
    )
    return rules.Pattern(row.valid_from, row.valid_to, week, row.half_days_count)


def as_day(row: CalendarDay) -> rules.Day:
    """A row as the rules read it; the document in words."""
    return rules.Day(row.on, rules.DayKind(row.kind), row.name, basis_words(row))


def basis_words(row: Decided) -> str:
    """The deciding document in words: number and day, or the note where the paper is not attached."""
    return f"{row.basis.number} ({format_date(row.basis.issued_on)})" if row.basis else row.note


def decided_years() -> list[int]:
    """The years whose days off are all decided, in order."""
    return sorted(DecidedYear.objects.filter(state=State.DECIDED).values_list("year", flat=True))


def last_decided_year() -> int | None:
    """The last of them; None when there is none."""
    return max(decided_years(), default=None)


@dataclass(frozen=True)
class Cell:
    """A day of the year view; `tone` names how it is worked: work, off, weekend, half, swap_work, proposal."""

    day: date
    tone: str
    name: str = ""


@dataclass(frozen=True)
class Month:
    """A month as weeks from Monday; None stands for a day of a neighbouring month."""

    first: date
    weeks: list[list[Cell | None]]
    working: int


def year_view(year: int, calendar: rules.Calendar) -> list[Month]:
    """The twelve months of a year."""
    return [_month(date(year, number, 1), calendar) for number in range(1, 13)]


def _month(first: date, calendar: rules.Calendar) -> Month:
    last = month_bounds(first)[1]
    monday, weeks, working = week_bounds(first)[0], [], 0
    while monday <= last:
        days = [monday + timedelta(days=n) for n in range(7)]
        weeks.append([_cell(day, calendar) if first <= day <= last else None for day in days])
        working += sum(calendar.counts(day) for day in days if first <= day <= last)
        monday += timedelta(days=7)
    return Month(first, weeks, working)


def _cell(day: date, calendar: rules.Calendar) -> Cell:
    entry, skipped = calendar.days.get(day), calendar.skip(day)
    if entry is not None:
        return Cell(day, "swap_work" if skipped is None else "off", entry.name)
    if day in calendar.proposed:
        return Cell(day, "proposal", "; ".join(p.name for p in calendar.proposed[day]))
    if skipped is None:
        return Cell(day, "work")
    return Cell(day, "half" if skipped.reason == rules.Reason.HALF_DAY else "weekend")


def days_of(year: int, unit_id: int | None = None) -> QuerySet[CalendarDay]:
    """Decided and proposed days of a year that hold for a unit (None: the whole country)."""
    above = _scopes(unit_id, timezone.localdate())
    return CalendarDay.objects.filter(
        on__year=year, unit_id__in=above, state__in=[State.DECIDED, State.PROPOSED]
    ).select_related("basis").order_by("on", "-state")


def pending() -> list[Decided]:
    """Every proposal, of all kinds, in order of date."""
    found: list[Decided] = []
    for model in KINDS:
        found += model._default_manager.filter(state=State.PROPOSED).select_related("basis")
    return found


def row(model: str, pk: int) -> Decided | None:
    """A row by the name of its model ("calendarday") and its number."""
    kind = next((kind for kind in KINDS if kind._meta.model_name == model), None)
    return kind._default_manager.filter(pk=pk).select_related("basis").first() if kind else None


def history(limit: int = 40) -> list[CalendarDay]:
    """Days that were not accepted or were withdrawn, the latest first."""
    return list(CalendarDay.objects.filter(state__in=[State.REJECTED, State.WITHDRAWN]).select_related("basis").order_by("-closed_at")[:limit])


@dataclass(frozen=True)
class Moving:
    """What would move for one kind of date."""

    dependent: dependents.Dependent
    moves: list[dependents.Move]


def would_move(assume: Iterable[CalendarDay] = (), without: Iterable[CalendarDay] = ()) -> list[Moving]:
    """Stored dates of all rooms that the calendar gives differently, with `assume` taken as decided and
    `without` left out."""
    calendars: dict[tuple[Any, date], rules.Calendar] = {}
    chosen, left_out = list(assume), list(without)

    def calendar_of(unit: Any, on: date) -> rules.Calendar:
        key = (unit if isinstance(unit, int) or unit is None else unit.pk, on)
        if key not in calendars:
            calendars[key] = calendar_for(unit, on, assume=chosen, without=left_out)
        return calendars[key]

    found = [Moving(dependent, list(dependent.preview(calendar_of))) for dependent in dependents.registered()]
    return [moving for moving in found if moving.moves]



def waiting(user: Any, _day: date) -> list[Waiting]:
    """Proposals of colleagues that this person may decide, as the desk's list of work shows them.

    What the seed proposes waits for a notice of the year, not for a person, so it is left out.
    """
    rows = [row for row in pending() if row.proposed_by_id is not None and policy.may(user, "decide", row)]
    href = reverse("workdays_desk:index")
    tasks = [Task(str(row), href, row.unit_name, basis_words(row), row.proposed_at) for row in rows[:5]]
    return [Waiting("workdays.decide", _("Days of the working calendar to decide"), len(rows), 0, None, href, tasks)]
