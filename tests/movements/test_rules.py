from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.movements import rules

DATES = rules.Dates(date(2023, 1, 10), date(2023, 2, 28), date(2023, 3, 31))


@pytest.mark.parametrize(
    ("day", "window"),
    [
        (date(2023, 1, 9), "not_open"),
        (date(2023, 1, 10), "open"),
        (date(2023, 2, 28), "open"),
        (date(2023, 3, 1), "late"),
        (date(2023, 3, 31), "late"),
        (date(2023, 4, 1), "locked"),
    ],
)
def test_the_limit_and_the_lock_day_still_count(day, window):
    assert DATES.window(day) == window


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_window_never_goes_back(day):
    order = list(rules.Window)
    assert order.index(DATES.window(day)) <= order.index(DATES.window(day + timedelta(days=1)))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [(date(2023, 1, 15), date(2023, 7, 14), 5), (date(2023, 1, 15), date(2023, 7, 15), 6), (date(2022, 11, 1), date(2023, 1, 1), 2)],
)
def test_whole_months(start, end, months):
    assert rules.months_between(start, end) == months


@given(st.lists(st.integers(1, 50), min_size=1, max_size=10))
def test_points_add_up_or_the_difference_is_told(points):
    maxima = [Decimal(p) for p in points]
    assert rules.points_problem(maxima, sum(maxima)) is None
    assert rules.points_problem(maxima, sum(maxima) + 1) == -1
