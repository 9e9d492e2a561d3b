"""Errors of formulas in old .xls workbooks."""

from __future__ import annotations

import io

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.spreadsheets import biff
from kheo.core.spreadsheets.read import open_workbook


def old_workbook(rows):
    """An .xls whose cells B2 and C2 show errors, short (in the small stream) or long."""
    book = xlwt.Workbook()
    book.add_sheet("Trước").write(0, 0, "đúng")
    sheet = book.add_sheet("Hồ sơ")
    for row in range(rows):
        sheet.write(row, 0, f"dòng {row}")
    sheet.row(1).set_cell_error(1, "#DIV/0!")
    sheet.row(1).set_cell_error(2, 0x2A)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("rows", [3, 3000])
def test_errors_of_formulas_in_old_workbooks(rows):
    sheets = open_workbook(old_workbook(rows), "a.xls").sheets
    assert sheets[0].rows == [["đúng"]]
    assert sheets[1].rows[:2] == [["dòng 0", None, None], ["dòng 1", "#DIV/0!", "#N/A"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=30))
def test_a_damaged_old_workbook_has_no_errors_to_tell(changes):
    data = bytearray(old_workbook(3))
    for place, value in changes:
        data[place % len(data)] = value
    assert isinstance(biff.faults_of(bytes(data)), dict)
