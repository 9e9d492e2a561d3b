"""Working days without a database: known cases of real years, and the laws any count must obey."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import VIETNAM
from kheo.workdays import rules
from kheo.workdays.rules import Calendar, Day, DayKind, Pattern, Reason, Session

seed = import_module("kheo.workdays.migrations.0002_known_days")


def calendar(**more) -> Calendar:
    """What the seed decides: 2023 to 2026 complete."""
    days = {row[0]: Day(row[0], DayKind(row[1]), row[2], row[4]) for row in seed.DECIDED}
    proposed: dict[date, tuple[Day, ...]] = {}
    for row in seed.PROPOSED:
        proposed[row[0]] = (*proposed.get(row[0], ()), Day(row[0], DayKind(row[1]), row[2]))
    return Calendar(**{"days": days, "proposed": proposed, "decided_years": frozenset(seed.YEARS), **more})


CALENDAR = calendar()
MORNING, AFTERNOON = Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 30))
SATURDAYS = Pattern(date(2000, 1, 1), None, ((MORNING, AFTERNOON),) * 5 + ((MORNING,), ()))


def test_it_works():
    answer = rules.add_working_days(date(2026, 4, 24), 5, CALENDAR)
    assert answer.end == date(2026, 5, 6)
    assert [(day.on.day, day.reason) for day in answer.skipped] == [
        (25, Reason.WEEKEND), (26, Reason.HOLIDAY), (27, Reason.COMPENSATORY), (30, Reason.HOLIDAY),
        (1, Reason.HOLIDAY), (2, Reason.WEEKEND), (3, Reason.WEEKEND),
    ]
    assert answer.certain


@pytest.mark.parametrize(
    ("start", "days", "end", "what"),
    [
        ((2023, 1, 19), 1, (2023, 1, 27), "Tết 2023: 20 to 26 January off"),
        ((2023, 4, 28), 1, (2023, 5, 4), "29/4 and 30/4 of 2023 on a weekend: 2 and 3 May off as well"),
        ((2023, 8, 31), 1, (2023, 9, 5), "2/9/2023 with its neighbour and the substitute"),
        ((2023, 12, 29), 1, (2024, 1, 2), "over the New Year"),
        ((2024, 2, 7), 1, (2024, 2, 15), "Tết 2024: 8 to 14 February off"),
        ((2024, 4, 26), 1, (2024, 5, 2), "29/4/2024 swapped off"),
        ((2024, 5, 3), 1, (2024, 5, 4), "Saturday 4/5/2024 worked"),
        ((2024, 8, 30), 1, (2024, 9, 4), "2/9 and 3/9 of 2024"),
        ((2025, 1, 24), 1, (2025, 2, 3), "Tết 2025: 27 to 31 January off"),
        ((2025, 4, 25), 1, (2025, 4, 26), "Saturday 26/4/2025 worked"),
        ((2025, 4, 29), 1, (2025, 5, 5), "2/5/2025 swapped off"),
        ((2025, 8, 29), 1, (2025, 9, 3), "1/9 and 2/9 of 2025"),
        ((2026, 2, 13), 1, (2026, 2, 23), "Tết 2026: 16 to 20 February off"),
        ((2026, 4, 24), 1, (2026, 4, 28), "Giỗ Tổ on Sunday 26/4/2026, so 27/4 off"),
        ((2026, 8, 21), 1, (2026, 8, 22), "Saturday 22/8/2026 worked"),
        ((2026, 8, 28), 1, (2026, 9, 3), "31/8 swapped, 1/9 and 2/9 of 2026"),
        ((2026, 11, 23), 1, (2026, 11, 25), "24/11 from 2026"),
        ((2025, 11, 23), 1, (2025, 11, 24), "24/11/2025 was an ordinary Monday"),
        ((2026, 11, 24), 0, (2026, 11, 25), "0 days from a day off: the next working day"),
        ((2026, 11, 23), 0, (2026, 11, 23), "0 days from a working day: that day"),
    ],
)  # fmt: skip
def test_known_cases(start, days, end, what):
    assert rules.add_working_days(date(*start), days, CALENDAR).end == date(*end), what
    assert rules.due_date(date(*start), days, CALENDAR) == date(*end), what


@pytest.mark.parametrize(("year", "first", "last"), [(2023, (1, 20), (1, 26)), (2024, (2, 8), (2, 14)), (2025, (1, 27), (1, 31)), (2026, (2, 16), (2, 20))])
def test_tet_of_each_decided_year(year, first, last):
    day, until = date(year, *first), date(year, *last)
    assert CALENDAR.counts(day - timedelta(days=1)) or (day - timedelta(days=1)).weekday() >= 5
    while day <= until:
        assert not CALENDAR.counts(day), day
        day += timedelta(days=1)


def test_tet_2027_is_only_proposed_and_says_so():
    answer = rules.add_working_days(date(2027, 2, 3), 2, CALENDAR)
    assert answer.end == date(2027, 2, 5)
    assert {c.code for c in answer.cautions} == {"undecided_year", "proposal"}
    assert date(2027, 2, 4) in {c.on for c in answer.cautions}


def test_a_count_that_ends_beyond_the_last_decided_year_is_not_certain():
    assert rules.add_working_days(date(2026, 12, 30), 1, CALENDAR).certain
    assert [c.year for c in rules.add_working_days(date(2026, 12, 31), 1, CALENDAR).cautions] == [2027]


def test_saturday_mornings_count_in_hours_and_in_days_only_where_the_unit_says_so():
    half = calendar(patterns=(SATURDAYS,))
    whole = calendar(patterns=(Pattern(SATURDAYS.valid_from, None, SATURDAYS.week, half_days_count=True),))
    friday = date(2026, 6, 5)
    assert rules.add_working_days(friday, 1, half).end == date(2026, 6, 8)
    assert rules.add_working_days(friday, 1, half).skipped[0].reason == Reason.HALF_DAY
    assert rules.add_working_days(friday, 1, whole).end == date(2026, 6, 6)
    four = rules.add_working_hours(datetime(2026, 6, 5, 17, 30, tzinfo=VIETNAM), 4, half)
    assert four.end_at == datetime(2026, 6, 6, 11, 30, tzinfo=VIETNAM)
    assert rules.add_working_hours(datetime(2026, 6, 5, 17, 30, tzinfo=VIETNAM), 4, CALENDAR).end_at.date() == date(2026, 6, 8)


def test_a_pattern_holds_from_its_day():
    changing = calendar(patterns=(Pattern(date(2026, 7, 1), None, SATURDAYS.week, half_days_count=True), rules.FIVE_DAYS))
    assert not changing.counts(date(2026, 6, 27)) and changing.counts(date(2026, 7, 4))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ((2026, 6, 1, 8, 0), 4, (2026, 6, 1, 14, 0)),  # over the midday break
        ((2026, 6, 1, 7, 30), 4, (2026, 6, 1, 11, 30)),  # ends with the morning
        ((2026, 6, 1, 12, 0), Decimal("0.5"), (2026, 6, 1, 14, 0)),  # received in the break
        ((2026, 6, 5, 16, 30), 8, (2026, 6, 8, 16, 30)),  # over a weekend
        ((2026, 11, 23, 16, 30), 2, (2026, 11, 25, 8, 30)),  # over 24/11
        ((2026, 6, 6, 3, 0), 1, (2026, 6, 8, 8, 30)),  # received at night on a Saturday
        ((2026, 6, 1, 8, 0), 0, (2026, 6, 1, 8, 0)),
    ],
)
def test_working_hours(start, hours, end):
    begin, until = datetime(*start, tzinfo=VIETNAM), datetime(*end, tzinfo=VIETNAM)
    answer = rules.add_working_hours(begin, hours, CALENDAR)
    assert (answer.end_at, answer.count) == (until, int(hours * 60))
    assert rules.working_minutes_between(begin, until, CALENDAR) == int(hours * 60)


def test_the_cut_off_moves_receipt_to_the_next_working_day():
    at = datetime(2026, 11, 23, 15, 0, tzinfo=VIETNAM)
    assert rules.counted_from(at, CALENDAR, cutoff=time(15)) == date(2026, 11, 25)
    assert rules.counted_from(at, CALENDAR) == date(2026, 11, 23)
    assert rules.counted_from(at - timedelta(minutes=1), CALENDAR, cutoff=time(15)) == date(2026, 11, 23)
    # Instants come in any zone: 23:30 UTC of the 22nd is 06:30 of the 23rd in Việt Nam.
    utc = datetime.fromisoformat("2026-11-22T23:30:00+00:00")
    assert rules.counted_from(utc, CALENDAR) == date(2026, 11, 23)


def test_a_calendar_limit_only_moves_its_last_day():
    answer = rules.add_calendar_days(date(2026, 4, 17), 10, CALENDAR)  # ends 27/04, a compensatory day
    assert (answer.end, [day.on.day for day in answer.skipped]) == (date(2026, 4, 28), [27])
    assert rules.add_calendar_days(date(2026, 6, 1), 10, CALENDAR).skipped == ()


@pytest.mark.parametrize(("days", "code"), [(-1, "workdays_negative"), (rules.MOST_DAYS + 1, "workdays_too_many")])
def test_absurd_numbers_are_refused(days, code):
    for verb in (rules.add_working_days, rules.subtract_working_days, rules.add_calendar_days):
        with pytest.raises(InvalidInput) as refusal:
            verb(date(2026, 1, 5), days, CALENDAR)
        assert refusal.value.code == code


def test_a_week_without_work_does_not_hang():
    with pytest.raises(InvalidInput) as refusal:
        rules.add_working_days(date(2026, 1, 5), 1, Calendar(patterns=(Pattern(date.min, None, ((),) * 7),)))
    assert refusal.value.code == "workdays_never"


DAYS = st.dates(date(2022, 6, 1), date(2028, 6, 1))
COUNTS = st.integers(1, 300)
CALENDARS = st.sampled_from([CALENDAR, calendar(patterns=(SATURDAYS,)), calendar(patterns=(Pattern(SATURDAYS.valid_from, None, SATURDAYS.week, half_days_count=True),))])


@given(DAYS, COUNTS, CALENDARS)
def test_subtracting_undoes_adding(day, count, cal):
    start = cal.next_working_day(day)
    end = rules.add_working_days(start, count, cal).end
    assert rules.subtract_working_days(end, count, cal).start == start
    assert rules.working_days_between(start, end, cal).count == count
    assert rules.working_days_between(end, start, cal).count == -count


@given(DAYS, DAYS, COUNTS, CALENDARS)
def test_a_later_event_never_ends_earlier(one, other, count, cal):
    first, later = sorted((one, other))
    assert rules.due_date(first, count, cal) <= rules.due_date(later, count, cal)
    assert rules.due_date(first, count, cal) < rules.due_date(first, count + 1, cal)


@given(DAYS, st.integers(1, 150), st.integers(0, 150), CALENDARS)
def test_adding_in_two_parts_is_adding_at_once(day, one, two, cal):
    assert rules.due_date(rules.due_date(day, one, cal), two, cal) == rules.due_date(day, one + two, cal)


@given(DAYS, COUNTS, CALENDARS)
def test_the_working_accounts_for_every_day(day, count, cal):
    answer = rules.add_working_days(day, count, cal)
    assert (answer.end - answer.start).days == count + len(answer.skipped)
    assert all(not cal.counts(skipped.on) for skipped in answer.skipped) and cal.counts(answer.end)


@given(st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 1)), st.integers(1, 100), CALENDARS)
def test_hours_undo_themselves(moment, hours, cal):
    start = moment.replace(second=0, microsecond=0, tzinfo=VIETNAM)
    end = rules.add_working_hours(start, hours, cal).end_at
    back = rules.subtract_working_hours(end, hours, cal).start_at
    assert rules.working_minutes_between(start, end, cal) == hours * 60 == rules.working_minutes_between(back, end, cal)
    assert rules.add_working_hours(back, hours, cal).end_at == end
