"""Periods over 2024–2030: midnight, month ends, Tết, week 53; what must hold and what may look odd."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kheo.config.demo import visits as demo
from kheo.visits.actions import import_days, set_opening
from kheo.visits.models import DayCount
from kheo.visits.queries import counter, figures, words
from kheo.visits.rules import calendar, lines, sittings

# A machine busy with other tests draws slowly; that says nothing about the counter.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
PATIENT = settings.get_profile("patient")
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def told(day: date, views: dict[date, int]) -> dict[str, int]:
    """The five figures by adding up days one by one."""
    return {
        key: sum(n for on, n in views.items() if (stretch.first or on) <= on <= stretch.last)
        for key, stretch in calendar.stretches(day).items()
    }


@PATIENT
@given(DAYS, st.lists(st.integers(0, 9_000), min_size=45, max_size=45))
@example(date(2024, 2, 10), [5] * 45)  # Tết Giáp Thìn
@example(date(2025, 1, 29), [7] * 45)  # Tết Ất Tỵ
@example(date(2026, 12, 31), [1] * 45)  # ISO week 53
@example(date(2027, 1, 3), [1] * 45)  # its last day, in the next year
@example(date(2028, 2, 29), [0] * 44 + [9])
def test_figures_of_a_real_series_never_contradict(day, numbers):
    views = {day - timedelta(days=n): count for n, count in enumerate(numbers)}
    found = told(day, views)
    assert calendar.contradictions(day, found) == []
    assert found["today"] <= found["week"]
    assert found["today"] <= found["month"]
    if found["week"] > found["month"]:
        assert calendar.week_reaches_back(day)


@PATIENT
@given(DAYS)
def test_week_may_exceed_month_only_in_the_first_days(day):
    assert calendar.week_reaches_back(day) == (day.isocalendar().weekday > day.day)


@PATIENT
@given(DAYS, st.integers(-1, 1))
def test_a_second_around_midnight_belongs_to_its_own_day(day, shift):
    second = lines.start_of(day) + shift
    assert lines.day_of(second) == (day if shift >= 0 else day - timedelta(days=1))
    assert lines.hour_of(second)[-2:] == (b"00" if shift >= 0 else b"23")


@settings(PATIENT, max_examples=60)
@given(st.lists(st.integers(0, 86_399), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_visits_do_not_depend_on_the_order(seconds, random):
    whole = sittings.extend([], seconds)
    mixed = seconds[:]
    random.shuffle(mixed)
    piecewise: list[sittings.Stretch] = []
    while mixed:
        piecewise = sittings.extend(sittings.unpack(sittings.pack(piecewise)), [mixed.pop() for _ in range(min(3, len(mixed)))])
    assert piecewise == whole
    ordered = sorted(seconds)
    assert len(whole) == 1 + sum(b - a > sittings.GAP for a, b in pairwise(ordered))


def test_the_old_page_was_read_on_a_sunday_the_third():
    values = {"today": 3965, "yesterday": 5395, "week": 41912, "month": 15709, "all": 6075017}
    fits = calendar.weekdays_that_fit(values, date(2023, 11, 1), date(2023, 12, 31))
    assert demo.CAPTURED in fits
    assert all(calendar.week_reaches_back(day) for day in fits)
    assert "week_over_month" in calendar.contradictions(date(2023, 12, 20), values)


@pytest.mark.django_db
def test_the_old_figures_are_reproduced_and_explained():
    demo.tell(None)  # type: ignore[arg-type]
    found = figures(1, demo.CAPTURED)
    assert {key: found.each[key].views for key in calendar.KEYS} == {
        "today": 3965, "yesterday": 5395, "week": 41912, "month": 15709, "all": 6075017,
    }
    assert found.contradictions == []
    assert found.each["today"].visits is None  # the older counter knew none
    from django.utils import translation

    with translation.override("vi"):
        assert "26.203" in words.why_week_exceeds_month(found)
        assert "27/11/2023" in words.why_week_exceeds_month(found)
    assert figures(1, date(2023, 11, 20)).each["all"].views < 6075017
    assert words.why_week_exceeds_month(figures(1, date(2023, 11, 20))) == ""


@pytest.mark.django_db
@settings(PATIENT, max_examples=12)
@given(start=st.dates(date(2024, 1, 1), date(2024, 3, 15)), length=st.integers(1, 70), opening=st.integers(0, 9_999), after=st.integers(0, 40))
def test_all_is_the_balance_and_every_day_from_its_date(start, length, opening, after):
    from kheo.visits.models import ImportedLog, MonthCount, Opening

    for model in (DayCount, MonthCount, Opening, ImportedLog):
        model.objects.all().delete()
    rows = [(start + timedelta(days=n), n + 1) for n in range(length)]
    import_days.import_days(rows, site=1, name="x", by=None)
    on = start + timedelta(days=after)
    set_opening.set_opening(site=1, total=opening, on=on, by=None)
    day = start + timedelta(days=length + 5)
    expected = sum(views for each, views in rows if each >= on and on <= day) + opening if on <= day else sum(v for _d, v in rows)
    assert counter.figures(1, day).each["all"].views == expected
