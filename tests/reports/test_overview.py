"""The leader's year: every figure opens to rows that give it, and only units of the scope are counted."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kheo.core.rules.periods import parse_period
from kheo.reports.queries import compiling
from kheo.reports.queries.scopes import scope_of
from kheo.reports.sources import registry
from tests.cast import practice
from tests.inspections.conftest import scene as inspections  # noqa: F401

YEAR = parse_period("2023")
PAGE = "/ban-lam-viec/bao-cao/tong-quan/"


@pytest.fixture
def checked(inspections):  # noqa: F811
    """One ward that passed whole into phường Bỉm Sơn is checked, and one that passed into the other ward."""
    inspections.held("ba-dinh")
    inspections.held("bac-son", on=date(2023, 6, 11))
    practice(inspections.cast, state="running")
    return inspections


def _figure(unit, token):
    return compiling.compiled(scope_of(unit, YEAR)).figures[token]


def test_it_works(checked, signed_in):
    """The rows behind each figure of the page add up to it."""
    scope = scope_of(checked.cast.town, YEAR)
    for token, figure in compiling.compiled(scope).figures.items():
        if figure.value is None or figure.kind == "text":
            continue
        table = registry.rows_behind(token, scope)
        assert table is not None, token
        rows = table.rows[:-1] if table.total else table.rows
        if figure.kind == "count" and figure.group in ("mo_hinh", "khen_thuong", "kiem_tra"):
            assert len(rows) == figure.value, token
        elif figure.group == "kiem_tra":
            assert (sum(row[1].text == "Đã thực hiện" for row in rows), len(rows)) == (figure.numerator, figure.denominator), token
    client = signed_in(checked.cast.leader)
    page = client.get(PAGE, {"year": 2023}).content.decode()
    assert "Thị xã Bỉm Sơn, 2023" in page  # the widest unit that existed then, without being asked
    links = set(re.findall(rf'href="({PAGE}so-lieu/[^"]+)"', page))
    assert links
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} == {200}


def test_a_present_unit_counts_only_the_units_that_passed_into_it(checked):
    assert _figure(checked.cast.town, "kiem_tra.bao_phu").attribute_ratio == f"2/{len(checked.committees)}"
    share = _figure(checked.cast.bim_son, "kiem_tra.bao_phu")
    assert share.numerator == 1
    assert share.denominator < len(checked.committees)
    assert _figure(checked.cast.bim_son, "kiem_tra.so_cuoc").value == 1


def test_a_ward_is_covered_by_the_plan_of_its_town(checked):
    assert _figure(checked.cast.wards["ba-dinh"], "kiem_tra.bao_phu").attribute_ratio == "1/1"


def test_a_page_says_whose_figures_it_shows(checked, signed_in):
    page = signed_in(checked.cast.leader).get(PAGE, {"year": 2023, "unit": checked.cast.bim_son.pk}).content.decode()
    assert "Số liệu của các đơn vị cũ" in page
    assert f"?unit={checked.cast.wards['ba-dinh'].pk}&amp;year=2023" in page
