"""Definitions: versions, formulas, circles, deletion."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kheo.core.errors import InvalidInput, Refused
from kheo.indicators.actions import define, name_period
from kheo.indicators.actions.define import Definition
from kheo.indicators.models import Indicator
from kheo.indicators.queries import boards, definitions, figure
from kheo.indicators.queries.figures import Lens
from tests.indicators.scenes import SINCE, count, put, scene


def formula(code: str, text: str):
    return define.define(code, Definition(code, "%", SINCE, decimals=1, source="formula", formula=text), by=None)


def test_it_works(cast):
    indicator = define.define("so_ho", Definition("Số hộ", "hộ", SINCE), by=cast.officer)
    define.define("so_ho", Definition("Số hộ dân", "hộ", date(2024, 1, 1)), by=cast.officer)
    found = definitions.by_code(indicator.code)
    assert definitions.definition(found, date(2023, 12, 31)).name == "Số hộ"
    assert definitions.definition(found, date(2024, 1, 1)).name == "Số hộ dân"


def test_a_formula_looks_back_over_years(cast):
    base = count("san_luong")
    put(base, cast.bim_son, "2023", value="100")
    put(base, cast.bim_son, "2025", value="121")
    formula("tang", "growth(san_luong, 2)")
    assert figure("tang", cast.bim_son, definitions.period("2025")).value == Decimal(10)
    assert figure("tang", cast.bim_son, definitions.period("2023")).state == "missing"


def test_circles_and_unknown_codes_are_refused(cast):
    count("a_1")
    formula("b_1", "a_1 * 2")
    with pytest.raises(InvalidInput, match="khong_co"):
        formula("c_1", "khong_co + 1")
    with pytest.raises(InvalidInput, match="a_1 → b_1 → a_1"):
        formula("a_1", "b_1 + 1")


@pytest.mark.parametrize("text", ["1 / 0", "a_1 / (2 - 2)", "(a_1 + 1) / (a_1 - a_1)"])
def test_a_division_by_nothing_is_refused_before_it_is_saved(cast, text):
    count("a_1")
    with pytest.raises(InvalidInput):
        formula("d_1", text)
    assert definitions.by_code("d_1") is None
    formula("d_1", "a_1 / (a_1 - 1)")  # of some figures alone: they show "none arising"


def test_what_is_in_use_stays(cast):
    s = scene(cast)
    with pytest.raises(InvalidInput, match="Nghị quyết năm 2023"):
        define.delete(s["share"], by=cast.officer)
    spare = count("thua")
    define.delete(spare, by=cast.officer)
    assert definitions.by_code("thua") is None


def test_others_may_not_define(cast):
    with pytest.raises(Refused):
        define.define("x_1", Definition("X", "hộ", SINCE), by=cast.evaluator)


def test_the_board_counts_its_rows(cast):
    s = scene(cast)
    board = boards.board(boards.plans().get(pk=s["plan"].pk), Lens([s["plan"].period]))
    assert (board.tally.good, board.tally.total) == (1, 2)
    assert [(r.result, r.outcome.margin) for r in board.rows] == [("met", 0), ("not_met", -10)]


def test_public_pages_open_to_the_rows(cast, client):
    scene(cast)
    page = client.get("/chi-tieu/?year=2023&unit=thi-xa-bim-son")
    assert "1/2" in page.content.decode()
    assert "85,0%" in page.content.decode()
    detail = client.get("/chi-tieu/gia_dinh_van_hoa/?year=2023&unit=thi-xa-bim-son").content.decode()
    assert "Phường Ba Đình" in detail
    assert client.get("/chi-tieu/khong_co/").status_code == 404


def test_a_definition_between_two_others_ends_the_one_before_it(db):
    count(name="Thứ nhất")
    for name, day in (("Thứ ba", date(2024, 1, 1)), ("Thứ hai", date(2022, 1, 1))):
        define.define("viec_lam", Definition(name, "người", day), by=None)
    spans = [(v.name, v.valid_from.year, v.valid_to and v.valid_to.year) for v in Indicator.objects.get().versions.order_by("valid_from")]
    assert spans == [("Thứ nhất", 2020, 2022), ("Thứ hai", 2022, 2024), ("Thứ ba", 2024, None)]


def test_a_period_of_its_own_is_named_once_and_entered(cast):
    made = name_period.name_period("NK-2020-2025", "Nhiệm kỳ 2020–2025", date(2020, 8, 1), date(2025, 7, 31), by=cast.officer)
    assert definitions.period("NK-2020-2025") == made
    for code, last in (("nk-2020-2025", date(2025, 7, 31)), ("2023", date(2023, 12, 31)), ("NK-X", date(2019, 1, 1))):
        with pytest.raises(InvalidInput):
            name_period.name_period(code, "Kỳ khác", date(2020, 8, 1), last, by=cast.officer)
    with pytest.raises(Refused):
        name_period.name_period("DOT-1", "Đợt", date(2020, 8, 1), date(2020, 9, 1), by=cast.registrant)
