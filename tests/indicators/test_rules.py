"""Aggregation, formulas, targets and reminders, on their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.core.errors import InvalidInput
from kheo.indicators.rules import formula, plausible, readings, rounds, targets
from kheo.indicators.rules.readings import Reading

D = Decimal
slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
counts = st.integers(min_value=0, max_value=10**6).map(Decimal)
pairs = st.tuples(counts, counts).map(lambda p: Reading(None, min(p), max(p)))


@slow
@given(st.lists(pairs, min_size=1, max_size=12))
def test_a_ratio_over_units_is_the_ratio_of_the_sums(found: list[Reading]):
    made = readings.combine("ratio", found)
    above, below = sum(r.numerator for r in found), sum(r.denominator for r in found)
    assert (made.reading.numerator, made.reading.denominator) == (above, below)
    assert made.reading.state == ("known" if below else "none_arising")
    if below:
        assert made.value == above * 100 / below
        assert 0 <= made.value <= 100


@slow
@given(st.lists(pairs, min_size=2, max_size=9), st.data())
def test_grouping_does_not_change_a_ratio(found: list[Reading], data: st.DataObject):
    cut = data.draw(st.integers(min_value=1, max_value=len(found) - 1))
    parts = [readings.combine("ratio", found[:cut]).reading, readings.combine("ratio", found[cut:]).reading]
    assert readings.combine("ratio", parts).reading == readings.combine("ratio", found).reading


@slow
@given(st.lists(st.one_of(st.none(), counts), max_size=12))
def test_missing_is_not_zero(values: list[Decimal | None]):
    made = readings.combine("sum", [Reading(v) for v in values])
    known = [v for v in values if v is not None]
    assert made.value == (sum(known) if known else None)
    assert (made.known, made.total, made.complete) == (len(known), len(values), len(known) == len(values))


def test_a_mean_of_percentages_is_never_taken():
    found = [readings.ratio(D(1), D(1)), readings.ratio(D(0), D(99))]
    assert readings.combine("ratio", found).value == 1  # the mean would say 50


def test_denominator_zero_is_none_arising():
    assert readings.ratio(D(0), D(0)).state == "none_arising"
    assert Reading().state == "missing"


def test_growth_is_geometric():
    assert readings.growth(D(121), D(100), 2).value == 10
    assert readings.growth(D(100), D(0), 3).value is None


def test_own_values_are_not_added():
    assert readings.combine("last", [Reading(D(3)), Reading(D(4))]).value is None
    assert readings.combine("last", [Reading(D(3))]).value == 3


@slow
@given(counts, counts, st.integers(min_value=1, max_value=1000))
def test_formulas_compute(a: Decimal, b: Decimal, c: int):
    made = formula.parse(f"(a - b) / {c} + max(a, b) * 2")
    assert made.codes == {"a", "b"}
    value = made.evaluate(lambda code, years: {"a": a, "b": b}[code]).value
    assert abs(value - ((a - b) / c + max(a, b) * 2)) < D("0.001")


@slow
@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_refused(text: str):
    code = ""
    try:
        formula.parse(text).evaluate(lambda code, years: D(2))
    except InvalidInput as error:
        code = error.code
    assert code == "" or code.startswith("formula_")


@pytest.mark.parametrize("text", [
    "a.b", "a[0]", "__import__('os')", "'a' * 9", "a if b else c", "[a]", "lambda: 1", "9 ** 9 ** 9", "a ** b", "a ** 11", "f'{a}'", "a and b",
    "(" * 30 + "a" + ")" * 30 + "+" * 401, "-" * 60 + "a", "open(a)", "max(*a)", "round(a, b)", "growth(a, 0)", "prev(a + b)", "a := 1", "a < b", "True", "", "1e400",
    "a // b", "a % b", "await a",
])
def test_nothing_harmful_is_a_formula(text: str):
    with pytest.raises(InvalidInput):
        formula.parse(text)


def test_formulas_know_missing_and_division_by_zero():
    assert formula.parse("a + b").evaluate(lambda code, years: None).state == "missing"
    assert formula.parse("a / (b - b)").evaluate(lambda code, years: D(1)).state == "none_arising"
    with pytest.raises(InvalidInput):
        formula.parse("((a ** 10) ** 10) ** 10").evaluate(lambda code, years: D(10**9))


def test_years_back():
    values = {("v", 0): D(121), ("v", 1): D(110), ("v", 2): D(100)}
    assert formula.parse("growth(v, 2)").evaluate(lambda c, y: values[(c, y)]).value == 10
    assert formula.parse("v - prev(v)").evaluate(lambda c, y: values[(c, y)]).value == 11


def test_cycles_are_found():
    assert formula.cycle("a", {"a": ["b"], "b": ["c"], "c": ["a"]}) == ["a", "b", "c", "a"]
    assert formula.cycle("a", {"a": ["b", "c"], "b": ["d"], "c": ["d"]}) is None


@pytest.mark.parametrize(("comparator", "wanted", "upper", "value", "result", "margin"), [
    ("ge", "85", None, "85.04", "met", "0.0"), ("ge", "85", None, "85.06", "exceeded", "0.1"), ("ge", "85", None, "84.94", "not_met", "-0.1"),
    ("le", "1.2", None, "1.0", "exceeded", "0.2"), ("le", "1.2", None, "1.3", "not_met", "-0.1"), ("eq", "7", None, "7", "met", "0"),
    ("range", "10", "20", "15", "met", "5"), ("range", "10", "20", "21", "not_met", "-1"), ("ge", "85", None, None, "no_data", None),
])
def test_results(comparator, wanted, upper, value, result, margin):
    made = targets.judge(comparator, D(wanted), upper and D(upper), value and D(value))
    assert made.result == result
    assert made.margin == (None if margin is None else D(margin))


def test_no_data_counts_in_the_denominator():
    made = targets.tally(["met"] * 12 + ["exceeded", "no_data"])
    assert (made.good, made.total, made.no_data) == (13, 14, 1)


def test_pro_rata():
    assert targets.pro_rata(D(365), date(2023, 1, 1), date(2023, 12, 31), date(2023, 1, 31)) == 31
    assert targets.pro_rata(D(10), date(2023, 1, 1), date(2023, 12, 31), date(2024, 2, 1)) == 10


def test_doubts_ask_and_impossible_refuses():
    assert plausible.impossible(Reading(None, D(5), D(4)), share=True) == "figure_more_than_all"
    assert [c.code for c in plausible.doubts(D(50), last=D(85), others=[], percent=True)] == ["far_from_last"]
    others = [D(80), D(82), D(84), D(86), D(88)]
    assert [c.code for c in plausible.doubts(D(5), last=None, others=others, percent=True)] == ["outlier"]
    assert not plausible.doubts(D(84), last=D(85), others=others, percent=True)


def test_a_missed_reminder_is_caught_up_once():
    on_time = date(2023, 12, 10)
    assert rounds.due_reminders([7, 3, -1], on_time, date(2023, 12, 2)) == []
    assert rounds.due_reminders([7, 3, -1], on_time, date(2023, 12, 9)) == [date(2023, 12, 7)]
    assert rounds.due_reminders([7, 3, -1], on_time, date(2023, 12, 30)) == [date(2023, 12, 11)]
