"""Counters of old portals: read, checked, and placed in the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.news.rules import counters


def test_it_works():
    found = counters.find(["Truy cập", "Hôm nay:", "120", "Hôm qua:", "340", "Tuần này:", "2.460", "Tháng này:", "800", "Tất cả:", "1,234,567"])
    assert found is not None
    assert found.values == {"today": 120, "yesterday": 340, "week": 2460, "month": 800, "all": 1234567}
    assert sorted(found.lines) == list(range(11))
    best = counters.fits(found.values)[0]
    assert best.day <= best.weekday  # the week began in the month before
    assert all(on.day == best.day and on.weekday() == best.weekday for on in counters.calendar_days(best, date(2023, 1, 1), date(2025, 1, 1)))


@pytest.mark.parametrize("lines", [
    ["Today: 12", "Yesterday: 30", "This week: 200", "This month: 900", "All days: 100.000"],
    ["Đang truy cập: 7", "Lượt truy cập trong ngày: 12", "Lượt truy cập trong tuần: 200", "Tổng lượt truy cập: 100 000"],
    ["- Hôm nay | 12", "- Tuần này | 200", "Tổng cộng 100000 lượt"],
])  # fmt: skip
def test_other_wordings(lines):
    found = counters.find(lines)
    assert found is not None and found.values["today"] == 12 and found.values["week"] == 200 and found.values["all"] == 100000


@pytest.mark.parametrize("lines", [[], ["Tất cả: 5"], ["Hôm nay trời đẹp, có 3 đoàn về thăm."], ["Hôm nay: 5", *["Một dòng khác."] * 9, "Tuần này: 9"]])
def test_words_that_are_no_counter(lines):
    assert counters.find(lines) is None


def test_figures_that_cannot_be_right():
    broken = [one.code for one in counters.invariants({"today": 900, "yesterday": 5, "week": 100, "month": 2000, "all": 50}) if one.holds is False]
    assert "today_week" in broken and "week_all" in broken
    assert counters.fits({"today": 900, "yesterday": 5, "week": 100, "month": 2000}) == []


@given(st.lists(st.integers(1, 5000), min_size=70, max_size=70), st.dates(date(2022, 1, 1), date(2027, 12, 31)))
def test_every_real_day_fits_its_own_figures(daily, on):
    by_day = {on - timedelta(days=n): count for n, count in enumerate(daily)}
    monday, first = on - timedelta(days=on.weekday()), on.replace(day=1)
    values = {
        "today": by_day[on], "yesterday": by_day[on - timedelta(days=1)],
        "week": sum(count for day, count in by_day.items() if day >= monday), "month": sum(count for day, count in by_day.items() if day >= first),
    }
    assert (on.day, on.weekday()) in {(fit.day, fit.weekday) for fit in counters.fits(values)}
    assert all(one.holds is not False for one in counters.invariants(values))
