"""Large sheets row by row give the same cells as the whole workbook."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from kheo.core.errors import InvalidInput
from kheo.core.spreadsheets.read import Limits, clean_value, open_workbook
from kheo.core.spreadsheets.stream import HEAD, open_sheets


def workbook(rows: int = HEAD + 40) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Hồ sơ")
        sheet.merge_range(1, 1, 1, 3, "Ngày tháng")
        for row in range(3, rows):
            sheet.write_row(row, 1, [f"mã {row}", row, 1.5])
        sheet.merge_range(rows, 1, rows + 3, 2, "gộp")
        sheet.write(rows + 2, 3, "sau")
        book.add_worksheet("Ẩn").hide()
    return out.getvalue()


def test_it_works():
    data = workbook()
    whole = open_workbook(data, "a.xlsx").sheets[0]
    with open_sheets(data, "a.xlsx") as sheets:
        sheet = next(sheets)
        rows = [[clean_value(value) for value in row] for row in sheet.rows()]
        assert sheet.head.rows == whole.rows[:HEAD]
        assert next(sheets).hidden
    padded = [row + [None] * (4 - len(row)) for row in rows]
    assert padded == [row + [None] * (4 - len(row)) for row in whole.rows]


def test_csv_is_read_the_same_way():
    with open_sheets("Mã;Tên\n1;Một\n".encode(), "a.csv") as sheets:
        assert list(next(sheets).rows()) == [["Mã", "Tên"], ["1", "Một"]]


@pytest.mark.parametrize(("data", "name", "code"), [
    (b"", "a.xlsx", "file_empty"), (b"%PDF-1.7 text", "a.xlsx", "file_not_a_sheet"), (b"PK\x03\x04broken", "a.xlsx", "file_damaged"),
])
def test_bad_files_are_refused_as_elsewhere(data, name, code):
    with pytest.raises(InvalidInput) as refused, open_sheets(data, name) as sheets:
        next(sheets)
    assert refused.value.code == code


def test_too_many_rows():
    with pytest.raises(InvalidInput) as refused, open_sheets(workbook(), "a.xlsx", limits=Limits(rows=100)) as sheets:
        next(sheets)
    assert refused.value.code == "file_too_many_rows"


def test_errors_of_formulas_are_shown_where_they_stand():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Ghi chú & khác").write(0, 0, "không có lỗi")
        sheet = book.add_worksheet("Hồ sơ & kết quả")
        for row in range(HEAD + 9):
            sheet.write(row, 1, "mã")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(HEAD + 5, 1, '=IF(A1="<",1/0,2)', None, "#N/A")
    data = out.getvalue()
    whole = open_workbook(data, "a.xlsx").sheets
    assert [whole[1].value(row, 1) for row in (1, 2, HEAD + 5)] == ["mã", "#DIV/0!", "#N/A"]
    assert whole[0].rows == [["không có lỗi"]]
    with open_sheets(data, "a.xlsx") as sheets:
        next(sheets)
        assert [row[1] for row in next(sheets).rows()] == [row[1] for row in whole[1].rows]
