"""Properties of the arithmetic of points."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kheo.practices.rules import scoring

STEP = Decimal("0.5")
LIMITS = [scoring.Limit(n, f"Tiêu chí {n}", Decimal(most), STEP) for n, most in enumerate((20, 20, 20, 25, 15), start=1)]
steps = st.tuples(*(st.integers(0, int(limit.most / STEP)) for limit in LIMITS))
sheets = steps.map(lambda given: {limit.criterion: n * STEP for limit, n in zip(LIMITS, given, strict=True)})
several = st.lists(sheets, min_size=2, max_size=7)
totals = st.lists(st.decimals(0, 100, places=2), min_size=2, max_size=9)


@given(sheets)
def test_a_whole_sheet_stands_and_adds_up(sheet):
    assert scoring.faults(sheet, LIMITS) == []
    assert scoring.total(sheet) == sum(sheet.values())
    assert 0 <= scoring.total(sheet) <= 100


@given(sheets, st.sampled_from(LIMITS))
def test_missing_is_not_zero(sheet, limit):
    with_zero, without = {**sheet, limit.criterion: Decimal(0)}, {**sheet, limit.criterion: None}
    assert scoring.faults(with_zero, LIMITS) == []
    assert scoring.faults(without, LIMITS) == [scoring.Fault(limit.criterion, "missing")]


@given(sheets, st.sampled_from(LIMITS), st.decimals(Decimal("0.01"), 50, places=2))
def test_out_of_bounds_never_stands(sheet, limit, beyond):
    for bad in (limit.most + beyond, -beyond):
        assert scoring.Fault(limit.criterion, "out_of_range") in scoring.faults({**sheet, limit.criterion: bad}, LIMITS)


@given(sheets, st.sampled_from(LIMITS), st.decimals(Decimal("0.01"), Decimal("0.49"), places=2))
def test_off_the_step_never_stands(sheet, limit, crumb):
    assert scoring.faults({**sheet, limit.criterion: crumb}, LIMITS) == [scoring.Fault(limit.criterion, "off_step")]


@given(sheets)
def test_a_foreign_criterion_never_stands(sheet):
    assert scoring.Fault(99, "unknown") in scoring.faults({**sheet, 99: Decimal(1)}, LIMITS)


@given(totals)
def test_the_final_lies_between_the_lowest_and_the_highest(given_totals):
    found = scoring.final(given_totals, least=2)
    assert found is not None
    assert min(given_totals) <= found <= max(given_totals)
    assert found == found.quantize(Decimal("0.01"))


@given(totals, st.randoms(use_true_random=False))
def test_the_order_of_evaluators_does_not_matter(given_totals, random: Random):
    mixed = list(given_totals)
    random.shuffle(mixed)
    assert scoring.final(mixed, least=2) == scoring.final(given_totals, least=2)
    assert scoring.is_wide(mixed) == scoring.is_wide(given_totals)


@given(totals, st.decimals(0, 10, places=2), st.data())
def test_more_points_never_lower_the_final(given_totals, more, data):
    place = data.draw(st.integers(0, len(given_totals) - 1))
    raised = [total + more if n == place else total for n, total in enumerate(given_totals)]
    assert scoring.final(raised, least=2) >= scoring.final(given_totals, least=2)


@given(st.lists(st.decimals(0, 100, places=2), max_size=5), st.integers(2, 6))
def test_no_final_before_enough_evaluators(given_totals, least):
    assert (scoring.final(given_totals, least=least) is None) == (len(given_totals) < least)


@given(several)
def test_means_by_criterion_add_up_to_the_final(given_sheets):
    means = scoring.mean_by_criterion(given_sheets)
    final = scoring.final([scoring.total(sheet) for sheet in given_sheets], least=2)
    assert abs(sum(means.values()) - final) <= Decimal("0.005") * (len(means) + 1)
    assert all(0 <= means[limit.criterion] <= limit.most for limit in LIMITS)


@given(totals)
def test_wide_means_more_than_fifteen_points(given_totals):
    assert scoring.is_wide(given_totals) == (max(given_totals) - min(given_totals) > 15)


def test_half_up_not_to_even():
    assert scoring.half_up(Decimal("80.125")) == Decimal("80.13")
    assert scoring.final([Decimal("79.99"), Decimal("80")], least=2) == Decimal("80.00")


def test_zero_from_everybody_is_a_result():
    assert scoring.final([Decimal(0), Decimal(0)], least=2) == 0
    assert scoring.verdict(Decimal(0), recognized_from=Decimal(80), exemplary_from=Decimal(90)) == "below"


def test_thresholds_belong_to_the_upper_class():
    def verdict(points: str | None) -> str:
        return scoring.verdict(None if points is None else Decimal(points), recognized_from=Decimal(80), exemplary_from=Decimal(90))

    assert [verdict(p) for p in (None, "79.99", "80", "89.99", "90")] == ["open", "below", "recognized", "recognized", "exemplary"]
