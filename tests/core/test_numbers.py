from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.errors import InvalidInput
from kheo.core.rules import numbers


def refusal(value, kind="decimal"):
    with pytest.raises(InvalidInput) as caught:
        numbers.parse(value, kind=kind, field="f")
    assert caught.value.field == "f"
    return caught.value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("95.3%", "percent", "95.3"),
        ("56,4%", "percent", "56.4"),
        ("15,3 %", "percent", "15.3"),
        ("15,3\u00a0%", "percent", "15.3"),
        ("1.234.567", "decimal", "1234567"),
        ("1,234,567", "integer", "1234567"),
        ("1.234,5", "decimal", "1234.5"),
        ("11.182,50", "decimal", "11182.50"),
        ("1,234.5", "decimal", "1234.5"),
        ("1 234 567,8", "decimal", "1234567.8"),
        ("0,234", "decimal", "0.234"),
        ("1234,567", "decimal", "1234.567"),
        ("-3,25", "decimal", "-3.25"),
        ("−7", "integer", "-7"),
        ("07", "integer", "7"),
        ("12 triệu", "money", "12000000"),
        ("1,5 tỷ", "money", "1500000000"),
        ("1,5 tỉ đồng", "money", "1500000000"),
        ("500 nghìn", "money", "500000"),
        ("1 tỷ 200 triệu", "money", "1200000000"),
        ("500.000 đ", "money", "500000"),
        ("1.500.000 đồng", "money", "1500000"),
    ],
)
def test_it_works(text, kind, value):
    assert numbers.parse(text, kind=kind) == Decimal(value)


@pytest.mark.parametrize("text", ["1.234", "1,234", "-1.234", "999,999"])
@pytest.mark.parametrize("kind", ["decimal", "integer", "money"])
def test_two_readings_are_refused_with_both(text, kind):
    error = refusal(text, kind)
    assert error.code == "ambiguous_number"
    body = text.lstrip("-")
    assert error.params["as_thousands"] == body.replace(".", "").replace(",", "")
    assert error.params["as_decimal"] == body.replace(".", ",")


@pytest.mark.parametrize(
    ("value", "kind", "code"),
    [
        ("", "decimal", "number_missing"),
        (None, "decimal", "number_missing"),
        ("mười hai", "decimal", "number_unreadable"),
        ("12 quả", "decimal", "number_unreadable"),
        ("1e5", "decimal", "number_unreadable"),
        ("１２", "decimal", "number_unreadable"),
        ("1.", "decimal", "number_unreadable"),
        (True, "integer", "number_unreadable"),
        ("1.23.456", "decimal", "number_bad_groups"),
        ("0.123.456", "decimal", "number_bad_groups"),
        ("0912 345 678", "integer", "number_bad_groups"),
        ("15%", "integer", "number_unexpected_percent"),
        ("1,5", "integer", "number_not_whole"),
        (2.5, "integer", "number_not_whole"),
        (float("nan"), "decimal", "number_not_finite"),
        (float("inf"), "decimal", "number_not_finite"),
        (Decimal("sNaN"), "decimal", "number_not_finite"),
        (10**30, "integer", "number_out_of_range"),
        (1e300, "decimal", "number_out_of_range"),
        ("9" * 30, "decimal", "number_out_of_range"),
        ("9" * 50, "decimal", "number_too_long"),
        ("9" * 10_000_000, "decimal", "number_too_long"),
        ("12 triệu 3 tỷ", "money", "money_unreadable"),
        ("12 triệu rưỡi", "money", "money_unreadable"),
        (0.953, "percent", "ambiguous_percent"),
        (1, "percent", "ambiguous_percent"),
        (b"5", "decimal", "number_unreadable"),
    ],
)
def test_refusals_have_a_code(value, kind, code):
    assert refusal(value, kind).code == code


def test_spreadsheet_floats_stay_exact():
    assert numbers.parse(0.1) == Decimal("0.1")
    assert str(numbers.parse(200000.0)) == "200000"
    assert numbers.parse(Decimal("0.953"), kind="percent") == Decimal("0.953")


def outcome(value, kind="decimal"):
    """The number, or the code of the refusal."""
    try:
        return numbers.parse(value, kind=kind)
    except InvalidInput as error:
        return error.code


@given(st.integers(-(10**11), 10**11))
def test_what_is_shown_can_be_read_back_unless_ambiguous(cents):
    value = Decimal(cents) / 100
    shown = numbers.format_number(value)
    unclear = shown.count(".") == 1 and "," not in shown
    assert outcome(shown) == ("ambiguous_number" if unclear else value)


@given(st.text(max_size=60), st.sampled_from(["decimal", "integer", "percent", "money"]))
def test_any_text_is_a_number_or_a_refusal_with_a_code(value, kind):
    found = outcome(value, kind)
    if isinstance(found, str):
        assert found.startswith(("number_", "ambiguous_", "money_"))
    else:
        assert found.is_finite()


@given(st.floats())
def test_any_float_is_a_number_or_a_refusal(value):
    found = outcome(value)
    if isinstance(found, str):
        assert found in ("number_not_finite", "number_out_of_range")
    else:
        assert float(found) == value


def test_numbers_are_shown_as_official_papers_do():
    assert numbers.format_number(11182) == "11.182"
    assert numbers.format_number(Decimal("287.850")) == "287,85"
    assert numbers.format_number(Decimal("-1234.5"), 2) == "-1.234,50"
    assert numbers.format_number(Decimal("-0.001"), 1) == "0,0"


def test_rounding_is_half_up_and_never_to_even():
    assert numbers.format_percent(Decimal("15.25")) == "15,3%"
    assert numbers.format_percent(Decimal("0.5"), 0) == "1%"
    assert numbers.format_percent(Decimal("2.5"), 0) == "3%"


def test_counts_below_ten_carry_a_zero():
    assert [numbers.pad_count(n) for n in (0, 7, 10, 11182)] == ["00", "07", "10", "11.182"]


def test_a_ratio_tells_zero_from_unknown():
    assert numbers.ratio(1, 4).percent == 25
    assert numbers.ratio(0, 4).value == 0
    assert (numbers.ratio(0, 0).state, numbers.ratio(0, 0).value) == ("none_arising", None)
    assert (numbers.ratio(None, 4).state, numbers.ratio(None, 4).value) == ("missing", None)
    assert numbers.ratio(3, None).state == "missing"
