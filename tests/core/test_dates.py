from datetime import date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.errors import InvalidInput
from kheo.core.rules import dates, periods

DAY = date(2023, 11, 5)
TODAY = date(2023, 12, 1)


def refusal(value, **limits):
    with pytest.raises(InvalidInput) as caught:
        dates.parse_date(value, today=TODAY, **limits)
    return caught.value


@pytest.mark.parametrize(
    "value",
    [
        "5/11/2023", "05-11-2023", "05.11.2023", "5 / 11 / 2023", "2023-11-05", "2023/11/5",
        "ngày 05 tháng 11 năm 2023", "Ngày 5 tháng 11 năm 2023", "05/11/2023 14:30",
        "2023-11-05T07:30:00Z", 45235, 45235.0, 45235.6, "45235", DAY,
        datetime(2023, 11, 5, 23, 59), " 05/11/2023\u00a0",
    ],
)  # fmt: skip
def test_it_works(value):
    assert dates.parse_date(value) == DAY


def test_an_instant_is_moved_to_vietnam_first():
    assert dates.parse_date("2023-11-05T18:30:00Z") == date(2023, 11, 6)
    late = datetime(2023, 11, 5, 17, 0, tzinfo=timezone.utc)  # noqa: UP017
    assert dates.parse_date(late) == date(2023, 11, 6)


def test_a_time_is_kept():
    moment = dates.parse_datetime("05/11/2023 14:30")
    assert moment.isoformat() == "2023-11-05T14:30:00+07:00"
    assert dates.parse_datetime(45235.5).hour == 12


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "date_missing"), (None, "date_missing"), ("hôm qua", "date_unreadable"),
        (True, "date_unreadable"), (12, "date_unreadable"), (float("nan"), "date_unreadable"),
        (1e300, "date_unreadable"), ("x" * 10_000_000, "date_unreadable"),
        ("31/02/2023", "date_impossible"), ("00/11/2023", "date_impossible"),
        ("11/25/2023", "date_month_first"), ("2023", "date_only_year"), (2023, "date_only_year"),
        ("11/2023", "date_only_month"), ("tháng 11 năm 2023", "date_only_month"),
        ("05/11/1823", "date_out_of_range"), ("٠٥/١١/٢٠٢٣", "date_unreadable"),
        ("2023-11-05T07:30:00+14:99", "date_unreadable"), ([], "date_unreadable"),
    ],
)  # fmt: skip
def test_refusals_have_a_code(value, code):
    assert refusal(value).code == code


def test_a_two_digit_year_shows_both_readings():
    error = refusal("05/11/23")
    assert error.code == "date_ambiguous_year"
    assert (error.params["older"], error.params["newer"]) == ("05/11/1923", "05/11/2023")


def test_a_two_digit_year_passes_when_only_one_century_is_possible():
    assert dates.parse_date("05/11/45", today=TODAY) == date(1945, 11, 5)
    assert dates.parse_date("05/11/23", today=TODAY, earliest=date(2000, 1, 1)) == DAY


def test_month_first_shows_the_day_first():
    assert refusal("11/25/2023").params["swapped"] == "25/11/2023"


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_in_every_form(day):
    for shown in (
        dates.format_date(day), dates.long_date(day), day.isoformat(), f"{day:%d-%m-%Y}",
        (day - date(1899, 12, 30)).days,
    ):  # fmt: skip
        assert dates.parse_date(shown) == day


def outcome(read, value):
    """The date, or the code of the refusal."""
    try:
        return read(value)
    except InvalidInput as error:
        return error.code


@given(
    st.sampled_from([dates.parse_date, dates.parse_datetime]),
    st.one_of(st.text(max_size=70), st.floats(), st.integers()),
)
def test_anything_is_a_date_or_a_refusal_with_a_code(read, value):
    found = outcome(read, value)
    assert isinstance(found, date) or found.startswith("date_")


def test_long_dates_carry_the_zeros_of_official_papers():
    assert dates.long_date(date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert dates.long_date(date(2026, 2, 15)) == "ngày 15 tháng 02 năm 2026"
    assert dates.long_date(date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"


def test_weeks_start_on_monday():
    assert dates.week_bounds(DAY) == (date(2023, 10, 30), DAY)


def test_months_end_where_they_end():
    assert dates.month_bounds(date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert dates.month_bounds(date(2023, 12, 31))[1] == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2023", "2023"), (2023, "2023"), (2023.0, "2023"), ("năm 2023", "2023"),
        ("11/2023", "2023-11"), ("2023-11", "2023-11"), ("tháng 11 năm 2023", "2023-11"),
        ("Quý IV/2023", "2023-Q4"), ("quý 1 năm 2023", "2023-Q1"), ("2023-Q4", "2023-Q4"),
        ("6 tháng đầu năm 2023", "2023-H1"), ("06 tháng cuối năm 2023", "2023-H2"),
        ("2023-H1", "2023-H1"),
    ],
)  # fmt: skip
def test_periods_are_read(value, code):
    found = periods.parse_period(value)
    assert found.code == code
    assert periods.parse_period(found.code) == found


@pytest.mark.parametrize("value", ["13/2023", "quý V/2023", "hôm nay", "", None, "05/11/2023"])
def test_other_periods_are_refused(value):
    with pytest.raises(InvalidInput) as caught:
        periods.parse_period(value)
    assert caught.value.code == "period_unreadable"


def test_a_period_ends_on_its_last_day():
    half = periods.parse_period("2023-H1")
    assert (half.first, half.last, half.until) == (
        date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 1),
    )  # fmt: skip
