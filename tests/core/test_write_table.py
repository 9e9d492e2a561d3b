import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.spreadsheets.marked import marked_workbook
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.read import open_workbook
from kheo.core.spreadsheets.workbook import Sheet, Workbook
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, csv_safe, write_csv, write_table

HOSTILE = [
    '=HYPERLINK("http://example.org","x")', "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1",
    "http://example.org", "mailto:a@example.org", "internal:Sheet1!A1", "external:c:\\x.xlsx",
    "{=1+1}", "<script>alert(1)</script>", "a\x00b\x0b", "\u202eabc", "\ud800", "x" * 100_000, "",
    "=cmd|' /C calc'!A0", " =1+1", "'", "_x0041_",
]  # fmt: skip


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {
            name: container.read(name).decode()
            for name in container.namelist()
            if name.endswith((".xml", ".rels"))
        }


def assert_nothing_live(data):
    for name, xml in parts(data).items():
        if name.startswith("xl/worksheets/sheet"):
            assert "<f>" not in xml
            assert not re.search(r"<f[ />]", xml)
        if name.endswith(".rels"):
            assert 'TargetMode="External"' not in xml


def one(values, kind="text", name="S"):
    return write_table([TableSheet(name, [ColumnSpec("Cột", kind)], [[value] for value in values])])


def test_it_works():
    columns = [
        ColumnSpec("Tên mô hình"), ColumnSpec("Hộ", "integer"), ColumnSpec("Tỷ lệ", "percent"),
        ColumnSpec("Ngày", "date"),
    ]  # fmt: skip
    row = ["Đường hoa", 11182, Decimal("15.3"), date(2023, 11, 5)]
    data = write_table([TableSheet("Biểu 1", columns, [row], title="Biểu tổng hợp")])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Biểu 1"]
    assert [cell.value for cell in sheet[3]] == ["Tên mô hình", "Hộ", "Tỷ lệ", "Ngày"]
    assert [cell.value for cell in sheet[4]] == ["Đường hoa", 11182, 15.3, datetime(2023, 11, 5)]
    assert sheet["D4"].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == "A4"


def test_nothing_we_write_is_live():
    data = one(HOSTILE)
    assert_nothing_live(data)
    assert "<hyperlink" not in parts(data)["xl/worksheets/sheet1.xml"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(), st.sampled_from(HOSTILE), st.floats(), st.integers()), max_size=25
    )
)
def test_any_value_can_be_written_and_read_back(values):
    data = one(values)
    assert_nothing_live(data)
    rows = open_workbook(data, "a.xlsx").sheets[0].rows
    assert rows[0] == ["Cột"]


def test_text_reads_back_as_written():
    rows = open_workbook(one(["=1+1", "007", "Ủy ban"]), "a.xlsx").sheets[0].rows
    assert rows[1:] == [["=1+1"], ["007"], ["Ủy ban"]]


def test_text_over_the_limit_of_excel_is_cut_not_lost():
    rows = open_workbook(one(["😀" * 40_000]), "a.xlsx").sheets[0].rows
    assert rows[1][0].startswith("😀")
    assert rows[1][0].endswith("…")


def test_numbers_that_excel_would_round_stay_text():
    rows = (
        open_workbook(one([38086012345678901, Decimal("1.2345678901234567")]), "a.xlsx")
        .sheets[0]
        .rows
    )
    assert rows[1:] == [["38086012345678901"], ["1.2345678901234567"]]


def test_an_instant_is_written_in_vietnamese_time():
    rows = (
        open_workbook(one([datetime(2023, 11, 5, 18, 0, tzinfo=UTC)], "datetime"), "a.xlsx")
        .sheets[0]
        .rows
    )
    assert rows[1] == [datetime(2023, 11, 6, 1, 0)]


def test_days_before_excel_are_text():
    rows = open_workbook(one([date(1890, 5, 19)], "date"), "a.xlsx").sheets[0].rows
    assert rows[1] == ["19/05/1890"]


@pytest.mark.parametrize("name", ["", "a/b:c*?[d]", "x" * 50, "'quoted'", "\x00"])
def test_sheet_names_are_made_acceptable(name):
    found = open_workbook(one(["a"], name=name), "a.xlsx").sheets[0].name
    assert 0 < len(found) <= 31


def test_equal_sheet_names_are_told_apart():
    columns = [ColumnSpec("A")]
    data = write_table([TableSheet("Biểu", columns, [["1"]]), TableSheet("BIỂU", columns, [["2"]])])
    assert [sheet.name for sheet in open_workbook(data, "a.xlsx").sheets] == ["Biểu", "BIỂU (2)"]


def test_no_table_is_still_a_file():
    assert open_workbook(write_table([]), "a.xlsx").sheets[0].rows == []


def test_yes_and_no_are_words():
    with translation.override("vi"):
        rows = open_workbook(one([True, False]), "a.xlsx").sheets[0].rows
    assert rows[1:] == [["Có"], ["Không"]]


def test_csv_has_a_mark_and_plain_values():
    data = write_csv(["Tên", "Ngày"], [["Đường hoa", date(2023, 11, 5)], [Decimal("1.50"), -3]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "Tên,Ngày\r\nĐường hoa,2023-11-05\r\n1.50,-3\r\n"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "＝1", "|x", "%x"])
def test_csv_disarms_formulas(text):
    assert csv_safe(text).startswith("'")


@given(st.lists(st.one_of(st.text(), st.sampled_from(HOSTILE)), min_size=1, max_size=5))
def test_no_csv_cell_starts_a_formula(values):
    text = write_csv(values, [values]).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)


def marked():
    sheet = Sheet(
        "Biểu d'1",
        [
            ["Tiêu đề", "Tiêu đề"],
            ["Tên", "Ngày"],
            ["=1+1", "31/02/2023"],
            ["Đơn vị", date(2023, 11, 5)],
        ],
        [((0, 0), (0, 1))],
    )
    problems = [
        Problem(
            "Biểu d'1",
            "B3",
            "Ngày",
            "31/02/2023",
            code="date_impossible",
            params={"text": "31/02/2023"},
        ),
        Problem("Biểu d'1", "A4", "Tên", "Đơn vị", message="Gần giống", severity="warning"),
        Problem("Biểu d'1", "F9", "Ghi chú", None, message="=HYPERLINK(1)"),
        Problem("Biểu d'1", "", "", "", message="Cả trang"),
        Problem("Không có", "A1", "", "", message="Lạc"),
    ]
    with translation.override("vi"):
        return marked_workbook(Workbook("a.xlsx", "xlsx", [sheet]), problems)


def test_a_marked_workbook_explains_each_cell():
    book = openpyxl.load_workbook(io.BytesIO(marked()))
    assert book.sheetnames == ["Lỗi cần sửa", "Biểu d'1"]
    sheet = book["Biểu d'1"]
    assert "31/02/2023" in sheet["B3"].comment.text
    assert sheet["B3"].fill.fgColor.rgb != sheet["A3"].fill.fgColor.rgb
    assert sheet["B3"].fill.fgColor.rgb != sheet["A4"].fill.fgColor.rgb
    assert sheet["F9"].comment is not None
    assert sheet["A3"].value == "=1+1"
    assert sheet["A3"].data_type == "s"
    assert [str(block) for block in sheet.merged_cells.ranges] == ["A1:B1"]


def test_the_list_links_to_the_cells():
    listing = openpyxl.load_workbook(io.BytesIO(marked()))["Lỗi cần sửa"]
    assert listing.max_row == 6
    assert listing["B2"].hyperlink.location == "'Biểu d''1'!B3"
    assert listing["B5"].hyperlink is None
    assert listing["B6"].hyperlink is None


def test_a_marked_workbook_holds_nothing_live():
    assert_nothing_live(marked())


def test_a_marked_workbook_reads_back_as_the_original():
    found = open_workbook(marked(), "a.xlsx")
    assert [sheet.name for sheet in found.sheets] == ["Biểu d'1"]
    assert found.sheets[0].rows[2][:2] == ["=1+1", "31/02/2023"]


def test_five_thousand_problems_are_marked():
    sheet = Sheet("S", [["x"] for _ in range(5000)])
    problems = [Problem("S", f"A{n}", message="sai") for n in range(1, 5001)]
    data = marked_workbook(Workbook("a.xlsx", "xlsx", [sheet]), problems)
    assert len(open_workbook(data, "a.xlsx").sheets[0].rows) == 5000


def test_a_problem_prints_as_the_import_commands_do():
    problem = Problem("S", "B3", "Ngày", date(2023, 1, 1), code="date_missing")
    with translation.override("vi"):
        told = problem.as_dict()
    assert told == {
        "sheet": "S", "cell": "B3", "field": "Ngày", "value": "2023-01-01",
        "message": "Chưa có ngày. Hãy nhập ngày/tháng/năm, ví dụ 05/11/2023.",
    }  # fmt: skip
