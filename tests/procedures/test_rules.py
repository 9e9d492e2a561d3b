"""The rules of domain section 4.4 and of the published table, by example and by property."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.rules.periods import parse_period
from kheo.procedures.rules import codes, grouping, outcome, periods, personal, scoring, table
from kheo.procedures.rules.outcome import Counting, Early, End, Events, Outcome, judge

RECEIVED = datetime(2023, 11, 6, 8, 0)
AS_OF = datetime(2023, 11, 30, 23, 59, 59)


@pytest.mark.parametrize("code", ["H15.50.05.13-261008-0975", "G12.18-260421-00430053", "000.00.14.H56-230915-0012"])
def test_it_reads_every_form_of_dossier_codes(code):
    assert codes.dossier(code) is not None


@pytest.mark.parametrize("code", ["", "H56-2309-0012", "H56.32.01-230915-012", "X1.2-230915-0012", "H56.32.01-230915-123456789", "H56.32.01-230915-0012 "])
def test_other_texts_are_no_dossier_codes(code):
    assert codes.dossier(code) is None


def test_the_code_tells_unit_and_day():
    found = codes.dossier(codes.tidy(" h56.32.01–231105-0012 "))
    assert (found.unit, found.day, found.serial) == ("H56.32.01", date(2023, 11, 5), "0012")
    assert codes.dossier("H56.32.01-231399-0012").day is None


@pytest.mark.parametrize(("code", "good"), [("1.004616.000.00.00.H56", True), ("2.000635", True), ("6.006759", True), ("1.4616", False), ("1.004616.000.00.00.h56", False)])
def test_procedure_codes(code, good):
    assert codes.is_procedure(code) is good


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ({"done": datetime(2023, 11, 9, 17)}, Outcome.EARLY),
        ({"done": datetime(2023, 11, 10, 9)}, Outcome.ON_TIME),
        ({"done": datetime(2023, 11, 10, 16)}, Outcome.ON_TIME),
        ({"done": datetime(2023, 11, 10, 16, 1)}, Outcome.OVERDUE),
        # The end is when processing finished, not when the citizen came to fetch the result.
        ({"done": datetime(2023, 11, 10, 9), "returned": datetime(2023, 11, 20, 9)}, Outcome.ON_TIME),
        ({"returned": datetime(2023, 11, 13, 9)}, Outcome.OVERDUE),
        ({"closed": datetime(2023, 11, 8, 9)}, Outcome.EARLY),
        ({"done": datetime(2023, 11, 12, 16), "waited": timedelta(days=2)}, Outcome.ON_TIME),
        ({"done": datetime(2023, 11, 8, 9), "supplements": 2}, Outcome.OVERDUE),
        ({"supplement": datetime(2023, 11, 8, 9), "supplements": 1}, Outcome.OPEN),
        ({"supplement": datetime(2023, 11, 13, 9), "supplements": 1}, Outcome.OPEN_OVERDUE),
        ({"supplement": datetime(2023, 11, 8, 9), "supplements": 2}, Outcome.OPEN_OVERDUE),
        ({}, Outcome.OPEN_OVERDUE),
        # What happened after the as-of instant has not happened yet.
        ({"done": datetime(2023, 12, 1, 8)}, Outcome.OPEN_OVERDUE),
    ],
)
def test_outcome_by_example(events, expected):
    assert judge(Events(RECEIVED, due=datetime(2023, 11, 10, 16), **events), AS_OF, Counting()).outcome is expected


def test_without_a_due_moment_nothing_is_called_on_time():
    assert judge(Events(RECEIVED, done=datetime(2023, 11, 6, 9)), AS_OF, Counting()).outcome is Outcome.UNDATED
    assert judge(Events(RECEIVED), AS_OF, Counting()).outcome is Outcome.OPEN_UNDATED


def test_a_due_date_without_a_clock_lasts_until_the_end_of_its_day():
    events = Events(RECEIVED, due=datetime(2023, 11, 10), done=datetime(2023, 11, 10, 23, 59))
    assert judge(events, AS_OF, Counting()).outcome is Outcome.ON_TIME
    late = Events(RECEIVED, due=datetime(2023, 11, 10), done=datetime(2023, 11, 11))
    assert judge(late, AS_OF, Counting()).outcome is Outcome.OVERDUE


def test_early_has_two_named_definitions():
    events = Events(RECEIVED, due=datetime(2023, 11, 10, 16), done=datetime(2023, 11, 10, 9))
    assert judge(events, AS_OF, Counting(Early.DAY)).outcome is Outcome.ON_TIME
    assert judge(events, AS_OF, Counting(Early.MINUTE)).outcome is Outcome.EARLY


def test_precedence_of_the_end_events():
    early, late = datetime(2023, 11, 7), datetime(2023, 11, 8)
    assert outcome.end_of(Events(RECEIVED, done=late, returned=early), AS_OF) == (End.DONE, late)
    assert outcome.end_of(Events(RECEIVED, returned=late, closed=early), AS_OF) == (End.RETURNED, late)
    assert outcome.end_of(Events(RECEIVED, closed=late, supplement=early, supplements=1), AS_OF) == (End.CLOSED, late)
    assert outcome.end_of(Events(RECEIVED, supplement=early, supplements=1), AS_OF) == (End.SUPPLEMENT, early)
    assert outcome.end_of(Events(RECEIVED, supplement=early, supplements=2), AS_OF) == (End.AS_OF, AS_OF)


moments = st.datetimes(datetime(2023, 10, 1), datetime(2023, 12, 31))
maybe = st.none() | moments
events = st.builds(
    Events, received=moments, due=maybe, done=maybe, returned=maybe, closed=maybe, supplement=maybe,
    supplements=st.integers(0, 3), waited=st.timedeltas(timedelta(), timedelta(days=9)),
)


@settings(max_examples=300, deadline=None)
@given(events, moments, st.timedeltas(timedelta(), timedelta(days=5)))
def test_a_later_due_moment_never_makes_a_dossier_late(found, as_of, more):
    from dataclasses import replace

    if found.due is None:
        return
    before = judge(found, as_of, Counting()).outcome
    after = judge(replace(found, due=outcome.due_moment(found.due) + more), as_of, Counting()).outcome
    assert not (after in outcome.LATE and before not in outcome.LATE)


@settings(max_examples=300, deadline=None)
@given(events, moments)
def test_settled_exactly_when_an_end_event_has_happened(found, as_of):
    ended = any(at is not None and at <= as_of for at in (found.done, found.returned, found.closed))
    assert judge(found, as_of, Counting()).settled is ended


counts = st.builds(table.Counts, *[st.integers(0, 50)] * 10)


@given(st.lists(counts, max_size=6))
def test_rows_add_up_to_their_total(rows):
    assert table.sums(rows, table.total(rows)) == []


def test_a_broken_identity_is_told_with_both_sides():
    row = table.Counts(online=3, direct=2, carried=1, early=2, on_time=1, overdue=1, open=1)
    assert [(b.identity, b.left, b.right) for b in table.broken(row)] == [("3=7+11", 6, 5)]
    assert [b.identity for b in table.broken(table.Counts(online=1, undated=1))] == ["7=8+9+10"]
    assert [b.identity for b in table.broken(table.Counts(), previous=table.Counts(open=2))] == ["6=11"]


def test_a_quarter_keeps_the_identities_of_its_months():
    months = [table.Counts(online=5, carried=2, early=4, open=3), table.Counts(direct=4, carried=3, on_time=6, open_overdue=1)]
    quarter = table.over_time(months)
    assert (quarter.received, quarter.carried, quarter.settled, quarter.pending) == (11, 2, 10, 1)
    assert table.broken(quarter) == []


def test_nothing_settled_is_no_rate():
    assert table.Counts(online=1, open=1).on_time_rate.state == "none_arising"
    assert table.Counts(online=3, early=1, on_time=1, overdue=1).on_time_rate.percent.quantize(Decimal("0.01")) == Decimal("66.67")


cells = st.dictionaries(st.integers(0, 20), st.builds(grouping.Cell, st.integers(0, 12), st.booleans()), max_size=12)


@settings(max_examples=400)
@given(cells, st.integers(2, 6))
def test_grouping_hides_every_small_sensitive_cell_and_never_alone(found, least):
    chosen = grouping.merged(found, least)
    filled = {key for key, cell in found.items() if cell.count}
    assert {k for k, c in found.items() if c.sensitive and 0 < c.count < least} <= chosen <= filled
    size = sum(found[key].count for key in chosen)
    assert not chosen or (size >= least and len(chosen) >= 2) or chosen == filled


def test_grouping_leaves_ordinary_small_cells_alone():
    assert grouping.merged({"a": grouping.Cell(1, False), "b": grouping.Cell(9, True)}, 5) == frozenset()
    both = {"a": grouping.Cell(2, True), "b": grouping.Cell(40, False), "c": grouping.Cell(3, False)}
    assert grouping.merged(both, 5) == {"a", "c"}
    # Seven in a quarter, but two in one of its months: the month's table hides them, so does the quarter's.
    quarter = {"a": grouping.Cell(7, True, smallest=2), "b": grouping.Cell(40, False), "c": grouping.Cell(9, True, smallest=9)}
    assert grouping.merged(quarter, 5) == {"a", "c"}


def test_periods_of_the_control_of_procedures_close_on_the_14th():
    assert periods.span(parse_period("2023-11"), periods.CONTROL) == periods.Span(date(2023, 10, 15), date(2023, 11, 14))
    assert periods.span(parse_period("2023-Q4"), periods.CONTROL) == periods.Span(date(2023, 9, 15), date(2023, 12, 14))
    assert periods.span(parse_period("2024-01"), periods.CONTROL) == periods.Span(date(2023, 12, 15), date(2024, 1, 14))
    assert periods.span(parse_period("2023-11"), periods.CALENDAR) == periods.Span(date(2023, 11, 1), date(2023, 11, 30))


@given(st.integers(2020, 2040), st.integers(1, 12))
def test_months_follow_each_other_without_gap_under_both_schemes(year, month):
    after = f"{year + month // 12}-{month % 12 + 1:02d}"
    for scheme in (periods.CALENDAR, periods.CONTROL):
        one, two = (periods.span(parse_period(p), scheme) for p in (f"{year}-{month:02d}", after))
        assert two.first - one.last == timedelta(days=1)


@pytest.mark.parametrize("text", [
    "Hồ sơ của ông Nguyễn Văn Tám chưa đủ", "liên hệ 0912 345 678 để bổ sung", "CCCD 038201004567", "CMND 171234567", "+84 912345678",
    "số nhà 12/5 đường Trần Phú", "xe 36B-123.45", "thu@example.vn", "LÊ THỊ HOA xin rút", "chị Hương báo lại", "STK 0501000123456",
])
def test_personal_data_is_hidden(text):
    clean, found = personal.cleaned(text)
    assert found
    assert "***" in clean
    for piece in ("Nguyễn", "Tám", "0912", "3456", "0382", "1712", "Trần Phú", "36B", "example", "HOA", "Hương", "0501"):
        assert piece not in clean


@pytest.mark.parametrize("text", ["Chờ xác minh tại Chi nhánh Văn phòng đăng ký đất đai, quá 3 ngày", "Mã 1.004616, hạn 15/11/2023", "Quyết định số 766/QĐ-TTg"])
def test_ordinary_reasons_stay(text):
    assert personal.cleaned(text) == (text, 0)


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.text(alphabet="abc ,.", max_size=10))
def test_no_telephone_passes(number, around):
    assert number not in personal.cleaned(f"{around} {number} {around}")[0]


ITEM = scoring.Item("2", "progress", "Tiến độ", Decimal(20))


def test_points_by_share_target_and_satisfaction():
    assert scoring.score_item(ITEM, scoring.Given(Decimal(95), Decimal(100))).points == Decimal("19.00")
    reuse = scoring.Item("4", "digital", "Tái sử dụng", Decimal(2), "target", Decimal("0.8"))
    assert scoring.score_item(reuse, scoring.Given(Decimal(40), Decimal(100))).points == Decimal("1.00")
    assert scoring.score_item(reuse, scoring.Given(Decimal(90), Decimal(100))).points == Decimal("2.00")
    content = scoring.Item("18", "satisfaction", "Hài lòng", Decimal(6), "satisfaction", Decimal("0.9"))
    assert scoring.score_item(content, scoring.Given(Decimal(19), Decimal(100))).points == Decimal("5.40")


def test_missing_is_not_nothing_arising():
    none = scoring.Item("16", "satisfaction", "PAKN", Decimal(6), none="full")
    assert scoring.score_item(none, scoring.Given(Decimal(0), Decimal(0))).points == 6
    assert scoring.score_item(none, scoring.Given()).points is None
    total = scoring.score([ITEM, none], {"2": scoring.Given(Decimal(1), Decimal(2))})
    assert (total.points, total.most, total.missing) == (Decimal("10.00"), Decimal(20), 1)


def test_items_that_do_not_apply_give_their_maximum():
    line = scoring.score_item(scoring.Item("6", "online", "…", Decimal(4), applies=False), scoring.Given())
    assert (line.state, line.points) == ("not_applicable", Decimal(4))


@given(st.integers(0, 100), st.integers(1, 100), st.sampled_from(["share", "target", "satisfaction"]))
def test_points_stay_within_the_maximum(n, d, way):
    item = scoring.Item("x", "g", "n", Decimal(6), way, Decimal("0.9"))
    assert 0 <= scoring.score_item(item, scoring.Given(Decimal(n), Decimal(d))).points <= 6


@pytest.mark.parametrize(("name", "kept"), [
    ("ket qua Nguyen Van Binh 038199012345.xlsx", "ket qua *** ***.xlsx"), ("nguyen thi hoa.csv", "***.csv"), ("Trần_Văn_A.xlsx", "***.xlsx"), ("NguyenVanBinh-T11.xls", "***-T11.xls"),
    ("14812@2023-06-01_2022-12_nua.xlsx", "14812@2023-06-01_2022-12_nua.xlsx"), ("Bao cao Ha Trung T11.xlsx", "Bao cao Ha Trung T11.xlsx"), ("Sổ theo dõi T12", "Sổ theo dõi T12"),
])
def test_names_of_files_and_sheets_carry_no_person(name, kept):
    assert personal.cleaned_title(name) == kept
