import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kheo.core.errors import InvalidInput
from kheo.core.rules.text import fold
from kheo.core.spreadsheets.headers import Column, find_header
from kheo.core.spreadsheets.tables import is_ticked, read_table
from kheo.core.spreadsheets.workbook import Sheet

COLUMNS = [
    Column("number", ["TT", "STT", "Số thứ tự"], required=False),
    Column("name", ["Tên mô hình", "Tên mô hình, điển hình", "Mô hình"]),
    Column("unit", ["Đơn vị", "Đơn vị đăng ký", "Tên đơn vị"]),
    Column("fields", ["Lĩnh vực"], many=True),
    Column("note", ["Ghi chú"], required=False),
]
FIELDS = ["Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh", "Hệ thống chính trị"]
OUTER = ["TT", "Tên mô hình", "Đơn vị", "Lĩnh vực", "Lĩnh vực", "Lĩnh vực", "Lĩnh vực", "Ghi chú"]
INNER = ["TT", "Tên mô hình", "Đơn vị", *FIELDS, "Ghi chú"]
DOWN = [((2, c), (3, c)) for c in (0, 1, 2, 7)]
TITLE = ["BIỂU TỔNG HỢP ĐĂNG KÝ MÔ HÌNH NĂM 2023"] * 8


def official(*rows):
    """A sheet as officials keep it: a title, a merged header of two rows, then the rows."""
    grid = [TITLE, [None] * 8, list(OUTER), list(INNER), *(list(row) for row in rows)]
    merged = [((0, 0), (0, 7)), ((2, 3), (2, 6)), *DOWN]
    return Sheet("Biểu 1", grid, merged)


def row(number, name, unit="Ba Đình", tick=0, note=None):
    ticks = ["x" if place == tick else None for place in range(4)]
    return [number, name, unit, *ticks, note]


def test_it_works():
    table = read_table(official(row(1, "Đường hoa", tick=1), row(2, "Hũ gạo")), COLUMNS)
    assert table.header.rows == (2, 3)
    assert table.header.address("name") == "B4"
    assert [r.text("name") for r in table.rows] == ["Đường hoa", "Hũ gạo"]
    assert table.rows[0].choices("fields") == ["Văn hóa - xã hội"]
    assert table.rows[0].address("unit") == "C5"
    assert table.header.unmatched == ()


def test_a_header_of_one_row_is_found():
    grid = [["STT", "Mô hình", "Tên đơn vị", "Lĩnh vực"], [1, "Đường hoa", "Ba Đình", "Kinh tế; x"]]
    table = read_table(Sheet("S", grid), COLUMNS)
    assert table.header.rows == (0,)
    assert table.rows[0].choices("fields") == ["Kinh tế", "x"]


def test_without_merged_cells_blanks_mean_the_same():
    grid = [
        ["TT", "Tên mô hình", "Đơn vị", "Lĩnh vực", None, None, None, "Ghi chú"],
        [None, None, None, *FIELDS, None],
        row(1, "Đường hoa", tick=3),
    ]
    table = read_table(Sheet("S", grid), COLUMNS)
    assert table.header.rows == (0, 1)
    assert table.header.columns["fields"][0].text == "Lĩnh vực / Kinh tế"
    assert table.rows[0].choices("fields") == ["Hệ thống chính trị"]
    assert table.header.column("note") == 7


def test_wording_case_and_marks_do_not_matter():
    grid = [["stt", "TEN MO HINH (ghi rõ)", "Đơn  vị\nđăng ký", "LĨNH VỰC"], [1, "a", "b", "c"]]
    header = find_header(Sheet("S", grid), COLUMNS)
    assert [header.column(key) for key in ("number", "name", "unit", "fields")] == [0, 1, 2, 3]


def test_the_exact_heading_wins_over_the_longer_one():
    grid = [["Đơn vị tính", "Tên mô hình", "Đơn vị", "Lĩnh vực"], ["m", "a", "b", "c"]]
    header = find_header(Sheet("S", grid), COLUMNS)
    assert header.column("unit") == 2
    assert [h.text for h in header.unmatched] == ["Đơn vị tính"]


def test_rows_that_are_no_data_are_skipped_and_told():
    sheet = official(
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ["I", "KHỐI PHƯỜNG", *[None] * 6],
        row(1, "Đường hoa"),
        [None] * 8,
        ["Cộng", None, None, 1, None, None, None, None],
        ["II", "KHỐI CƠ QUAN", *[None] * 6],
        row(2, "Hũ gạo"),
        list(INNER),
        row(3, "Tổ tự quản"),
        [None, "Tổng cộng", None, 3, None, None, None, None],
        [None, None, None, None, "Bỉm Sơn, ngày 05 tháng 11 năm 2023", None, None, None],
        ["Người lập biểu", None, None, None, "Thủ trưởng đơn vị", None, None, None],
    )
    table = read_table(sheet, COLUMNS)
    assert [(r.number, r.section) for r in table.rows] == [
        (7, "KHỐI PHƯỜNG"),
        (11, "KHỐI CƠ QUAN"),
        (13, "KHỐI CƠ QUAN"),
    ]
    assert [(s.number, s.reason) for s in table.skipped] == [
        (5, "column_numbers"), (6, "section"), (9, "subtotal"), (10, "section"),
        (12, "repeated_header"), (14, "subtotal"), (15, "note"), (16, "note"),
    ]  # fmt: skip


def test_names_that_begin_like_a_subtotal_are_data():
    sheet = official(row(1, "Cộng đồng tự quản"), row(2, "Tổng đài tiếp nhận"), [3, "Cổng: 5 khu phố", *[None] * 6])
    assert len(read_table(sheet, COLUMNS).rows) == 3


@pytest.mark.parametrize("words", ["Cộng: 5 mô hình", "Tổng: 12", "Cộng 5 mô hình", "TỔNG SỐ 7 mô hình", "Tổng cộng: 3"])
def test_a_total_in_words_is_no_row(words):
    table = read_table(official(row(1, "Đường hoa"), [None, words, *[None] * 6]), COLUMNS)
    assert [s.reason for s in table.skipped] == ["subtotal"]


def test_an_incomplete_row_is_data_so_that_it_is_reported():
    table = read_table(
        official([1, "Đường hoa", *[None] * 6], [2, None, "Ba Đình", *[None] * 5]), COLUMNS
    )
    assert len(table.rows) == 2
    assert table.rows[1].text("name") == ""


def test_a_unit_merged_over_several_rows_holds_for_each():
    sheet = official(row(1, "Đường hoa"), row(2, "Hũ gạo", None))
    sheet.merged.append(((4, 2), (5, 2)))
    sheet.fill_merged()
    assert [r.text("unit") for r in read_table(sheet, COLUMNS).rows] == ["Ba Đình"] * 2


def test_a_sheet_without_header_is_refused():
    with pytest.raises(InvalidInput) as caught:
        find_header(Sheet("S", [["xin chào", "các bạn"], [1, 2]]), COLUMNS)
    assert caught.value.code == "header_not_found"


def test_missing_columns_are_named():
    with pytest.raises(InvalidInput) as caught:
        find_header(Sheet("S", [["TT", "Tên mô hình", "Kinh phí"], [1, "a", 2]]), COLUMNS)
    assert caught.value.code == "columns_missing"
    assert caught.value.params["names"] == "“Đơn vị”, “Lĩnh vực”"
    assert caught.value.params["found"] == "Kinh phí"


def test_an_empty_sheet_is_refused():
    with pytest.raises(InvalidInput):
        find_header(Sheet("S", []), COLUMNS)


@pytest.mark.parametrize("value", ["x", "X", "v", "✓", 1, "1", "Có", True])
def test_ticks_are_ticks(value):
    assert is_ticked(value)


@pytest.mark.parametrize("value", [None, "", "không", 0, "0", False, "-"])
def test_other_marks_are_not(value):
    assert not is_ticked(value)


@settings(max_examples=80, deadline=None)
@given(
    above=st.integers(0, 8),
    order=st.permutations(["TT", "Tên mô hình", "Đơn vị", "Lĩnh vực", "Ghi chú"]),
    shape=st.sampled_from([str.upper, str.lower, str.title, fold]),
    count=st.integers(1, 20),
)
def test_the_header_is_found_wherever_it_stands(above, order, shape, count):
    titles = [
        [f"UBND THỊ XÃ {n}", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] for n in range(above)
    ]
    body = [["1", "Đường hoa", "Ba Đình", "Kinh tế", "tốt"] for _ in range(count)]
    table = read_table(Sheet("S", [*titles, [shape(name) for name in order], *body]), COLUMNS)
    assert table.header.rows == (above,)
    assert {k: v[0].column for k, v in table.header.columns.items()} == {
        "number": order.index("TT"), "name": order.index("Tên mô hình"),
        "unit": order.index("Đơn vị"), "fields": order.index("Lĩnh vực"),
        "note": order.index("Ghi chú"),
    }  # fmt: skip
    assert len(table.rows) == count


CELL = st.one_of(
    st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates()
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(CELL, max_size=9), min_size=20, max_size=20))
def test_a_thousand_bad_rows_are_rows_or_told(rows):
    table = read_table(official(*rows), COLUMNS)
    seen = {r.number for r in table.rows} | {s.number for s in table.skipped}
    filled = {
        index + 5
        for index, cells in enumerate(rows)
        if any(not table_cell_blank(value) for value in cells)
    }
    assert seen == filled


def table_cell_blank(value):
    return Sheet("S", [[value]]).cell(0, 0).is_blank


def test_rows_with_an_error_of_the_spreadsheet_are_told_and_left_out():
    table = read_table(official(row(1, "Đường hoa"), row(2, "#REF!"), row(3, "Hũ gạo", unit=" #n/a "), row(4, "# 5")), COLUMNS)
    assert [found.text("name") for found in table.rows] == ["Đường hoa", "# 5"]
    assert (table.faulty, [(problem.cell, problem.value, problem.field) for problem in table.faults]) == (2, [("B6", "#REF!", "Tên mô hình"), ("C7", "#N/A", "Đơn vị")])
    assert "#REF!" in str(table.faults[0].message) and table.faults[0].remedy
