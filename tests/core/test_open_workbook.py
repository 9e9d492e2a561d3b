import io
import struct
import unicodedata
import zipfile
import zlib
from datetime import date, datetime

import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from kheo.core.errors import InvalidInput
from kheo.core.rules import legacy
from kheo.core.spreadsheets.encodings import modernize
from kheo.core.spreadsheets.read import Limits, open_workbook
from kheo.core.spreadsheets.workbook import address, position


def xlsx(fill):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book)
    book.close()
    return out.getvalue()


def small(book):
    sheet = book.add_worksheet("Biểu 1")
    sheet.merge_range("A1:C1", "Tiêu đề")
    sheet.write_row("A3", ["TT", "Tên", "Ngày"])
    sheet.write_number("A4", 1)
    sheet.write_string("B4", unicodedata.normalize("NFD", "hoà"))
    sheet.write_datetime("C4", datetime(2023, 11, 5), book.add_format({"num_format": "d/m/yyyy"}))
    book.add_worksheet("Ẩn").hide()


def repacked(data, change):
    """The zip with members changed by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return out.getvalue()


def refusal(data, name="a.xlsx", **options):
    with pytest.raises(InvalidInput) as caught:
        open_workbook(data, name, **options)
    return caught.value.code


def test_it_works():
    sheet = open_workbook(xlsx(small), "a.xlsx").visible[0]
    assert sheet.name == "Biểu 1"
    assert sheet.rows[0] == ["Tiêu đề"] * 3
    assert sheet.rows[3] == [1, "hoà", date(2023, 11, 5)]
    assert sheet.cell(3, 1).address == "B4"
    assert sheet.origin(0, 2) == (0, 0)


def test_hidden_and_empty_sheets_are_not_visible():
    book = open_workbook(xlsx(small), "a.xlsx")
    assert [sheet.hidden for sheet in book.sheets] == [False, True]
    assert len(book.visible) == 1


def test_a_path_is_read(tmp_path):
    path = tmp_path / "sổ.xlsx"
    path.write_bytes(xlsx(small))
    assert open_workbook(path).filename == "sổ.xlsx"


def test_xls_is_read_with_its_merged_cells():
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    sheet.write_merge(0, 1, 1, 2, "Gộp")
    sheet.write(2, 2, "x")
    sheet.write(2, 0, 45235.0, xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    out = io.BytesIO()
    book.save(out)
    found = open_workbook(out.getvalue(), "a.xls")
    assert found.kind == "xls"
    assert found.sheets[0].rows == [[None, "Gộp", "Gộp"]] * 2 + [[date(2023, 11, 5), None, "x"]]


def ods(fill):
    book = OpenDocumentSpreadsheet()
    table = Table(name="Bảng")
    book.spreadsheet.addElement(table)
    fill(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_cell(text, **options):
    cell = TableCell(valuetype="string", **options)
    cell.addElement(P(text=text))
    return cell


def test_ods_is_read_with_its_merged_cells_and_endless_blanks():
    def fill(table):
        first = TableRow()
        first.addElement(ods_cell("Lĩnh vực", numbercolumnsspanned=2))
        first.addElement(CoveredTableCell())
        first.addElement(TableCell(numbercolumnsrepeated=16000))
        table.addElement(first)
        second = TableRow()
        second.addElement(ods_cell("x", numbercolumnsrepeated=3))
        table.addElement(second)
        last = TableRow(numberrowsrepeated=1_048_000)
        last.addElement(TableCell(numbercolumnsrepeated=16384))
        table.addElement(last)

    found = open_workbook(ods(fill), "a.ods")
    assert found.sheets[0].rows == [["Lĩnh vực", "Lĩnh vực", None], ["x", "x", "x"]]


@pytest.mark.parametrize(("down", "across"), [(1_000_000, 1), (1, 16_000), (1_000_000, 16_000)])
def test_ods_that_repeats_content_without_end_is_refused(down, across):
    def fill(table):
        row = TableRow(numberrowsrepeated=down)
        row.addElement(ods_cell("x", numbercolumnsrepeated=across))
        table.addElement(row)

    assert refusal(ods(fill), "a.ods").startswith("file_too_many_")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_in_any_encoding_and_separator(encoding, mark):
    lines = ["TT,Tên mô hình,Đơn vị", '1,"Dân vận khéo, phường",Đông Sơn']
    data = "\r\n".join(line.replace(",", mark) for line in lines).encode(encoding)
    rows = open_workbook(data, "a.csv").sheets[0].rows
    assert rows[0] == ["TT", "Tên mô hình", "Đơn vị"]
    assert rows[1][2] == "Đông Sơn"


def letter_and_tone(letter):
    """Spell a letter as the Vietnamese code page does: the letter itself, then its tone."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(m for m in marks if m not in tone)) + tone


def test_csv_of_the_vietnamese_code_page_is_read():
    text = "Tên,Đơn vị\nDân vận khéo,Đông Sơn\nKhu dân cư không có hộ nghèo,Ba Đình\n"
    data = "".join(map(letter_and_tone, text)).encode("cp1258")
    rows = open_workbook(data, "a.csv").sheets[0].rows
    assert rows[2] == ["Khu dân cư không có hộ nghèo", "Ba Đình"]


def test_csv_says_its_separator_itself():
    rows = open_workbook(b"sep=|\r\na|b;c\r\n", "a.csv").sheets[0].rows
    assert rows == [["a", "b;c"]]


def test_old_font_columns_are_converted_and_shown():
    def fill(book):
        sheet = book.add_worksheet("S")
        words = ["Dân vận khéo", "hộ nghèo", "đường hoa", "xã"]
        for row, word in enumerate(words):
            sheet.write_string(row, 0, legacy.to_tcvn3(word))
            sheet.write_string(row, 1, legacy.to_vni(word))
            sheet.write_string(row, 2, word)
        sheet.write_string(4, 0, "Dân vận")

    book, conversions = modernize(open_workbook(xlsx(fill), "a.xlsx"))
    assert book.sheets[0].rows[3] == ["xã", "xã", "xã"]
    assert book.sheets[0].rows[4][0] == "Dân vận"
    assert [(c.column, c.encoding, c.cells) for c in conversions] == [
        ("A", "tcvn3", 4),
        ("B", "vni", 4),
    ]
    assert conversions[0].samples[0][1] == "Dân vận khéo"


def test_modern_text_is_not_converted():
    book, conversions = modernize(open_workbook(xlsx(small), "a.xlsx"))
    assert conversions == []
    assert book.sheets[0].rows[3][1] == "hoà"


def test_an_overlong_cell_is_one_problem_and_the_rest_is_read():
    data = ("a,b\n" + "x" * 10_000_000 + ",2\n").encode()
    book = open_workbook(data, "a.csv")
    assert [(p.cell, p.code) for p in book.problems] == [("A2", "cell_too_long")]
    assert book.sheets[0].rows[1][1] == "2"
    assert len(book.sheets[0].rows[1][0]) < 1000


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "file_empty"),
        (b"\n \n", "a.csv", "file_empty"),
        (b"PK\x03\x04junk", "a.xlsx", "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "file_not_a_sheet"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "file_html_as_sheet"),
        (b"%PDF-1.7 text", "a.csv", "file_not_a_sheet"),
        (b"plain words", "a.xlsx", "file_not_a_sheet"),
        (b"a,b,c,d,e\0\x01", "a.csv", "file_not_text"),
    ],
)
def test_wrong_files_are_refused(data, name, code):
    assert refusal(data, name) == code


def test_a_missing_file_is_refused(tmp_path):
    assert refusal(tmp_path / "none.xlsx", "") == "file_unreadable"


def test_a_cut_off_file_is_refused():
    data = xlsx(small)
    assert refusal(data[: len(data) // 2]) == "file_damaged"


def test_an_encrypted_file_is_refused():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(data) == "file_encrypted"


def test_macros_are_refused():
    out = io.BytesIO(xlsx(small))
    with zipfile.ZipFile(out, "a") as container:
        container.writestr("xl/vbaProject.bin", b"x")
    assert refusal(out.getvalue()) == "file_has_macros"


def test_a_file_over_the_limit_is_refused():
    assert refusal(b"x" * 11, "a.csv", limits=Limits(file_size=10)) == "file_too_large"


def test_too_many_rows_and_columns_are_refused():
    limits = Limits(rows=3, columns=4)
    assert refusal(b"1\n2\n3\n4\n", "a.csv", limits=limits) == "file_too_many_rows"
    assert refusal(b"1,2,3,4,5\n", "a.csv", limits=limits) == "file_too_many_columns"
    assert refusal(xlsx(small), limits=limits) == "file_too_many_rows"


@pytest.mark.parametrize("corner", ["XFD1", "A1048576", "XFD1048576"])
def test_a_far_cell_is_refused_before_memory_is_reserved(corner):
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write("A1", "x")
        sheet.write(corner, "x")

    assert refusal(xlsx(fill)).startswith("file_too_many_")


def test_formatted_but_empty_columns_are_no_content():
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write("A1", "x")
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))

    assert open_workbook(xlsx(fill), "a.xlsx").sheets[0].rows == [["x"]]


def test_a_zip_bomb_is_refused():
    def blow(name, content):
        return content if name != "xl/worksheets/sheet1.xml" else content + b" " * (300 << 20)

    assert refusal(repacked(xlsx(small), blow)) == "file_zip_bomb"


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    content = bytes(300 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as container:
        container.writestr("xl/workbook.xml", b"<workbook/>")
        container.writestr("xl/worksheets/sheet1.xml", b"0123456789")
    data = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        old = container.getinfo("xl/worksheets/sheet1.xml")
    start = old.header_offset + 30 + len(old.filename)
    grown = len(packed) - old.compress_size
    data = data[:start] + packed + data[start + old.compress_size :]
    data = data.replace(
        struct.pack("<II", old.compress_size, old.file_size),
        struct.pack("<II", len(packed), old.file_size),
    )
    directory = data.rindex(b"PK\x05\x06") + 16
    place = struct.unpack("<I", data[directory : directory + 4])[0] + grown
    data = data[:directory] + struct.pack("<I", place) + data[directory + 4 :]
    assert refusal(data) == "file_zip_bomb"


def test_entities_are_refused():
    def bomb(name, content):
        if name != "content.xml":
            return content
        return content.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>', 1)

    data = repacked(ods(lambda table: table.addElement(TableRow())), bomb)
    assert refusal(data, "a.ods") == "file_damaged"


def test_our_list_of_problems_is_not_read_back():
    def fill(book):
        book.add_worksheet("Lỗi cần sửa").write("A1", "x")
        book.add_worksheet("S").write("A1", "y")

    assert [s.name for s in open_workbook(xlsx(fill), "a.xlsx").sheets] == ["S"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.xls", "a.ods", "a.csv"]))
def test_any_bytes_are_a_workbook_or_a_refusal(data, name):
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        outcome(head + data, name)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_byte_never_crashes(place, byte):
    data = bytearray(xlsx(small))
    data[place % len(data)] = byte
    outcome(bytes(data), "a.xlsx")


def outcome(data, name):
    """Only InvalidInput may come out."""
    try:
        return open_workbook(data, name)
    except InvalidInput as error:
        return error.code


def test_addresses_go_both_ways():
    assert [address(0, 0), address(6, 1), address(0, 27)] == ["A1", "B7", "AB1"]
    assert position("$AB$1") == (0, 27)


@given(st.integers(0, 1_000_000), st.integers(0, 16_383))
def test_every_address_reads_back(row, column):
    assert position(address(row, column)) == (row, column)


@pytest.mark.parametrize("text", ["", "7B", "A0", "ABCD1", "A1:B2", "A١"])
def test_other_addresses_are_refused(text):
    with pytest.raises(InvalidInput) as caught:
        position(text)
    assert caught.value.code == "cell_address"


def test_errors_of_formulas_in_open_documents():
    def fill(table):
        for text in ("đúng", "#DIV/0!"):
            line = TableRow()
            line.addElement(ods_cell("x"))
            line.addElement(ods_cell(text))
            table.addElement(line)

    # As LibreOffice writes it: no value, the error only as what the cell shows.
    calc = b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" calcext:value-type="error" office:string-value="" '

    def broken(name, body):
        head, tail = body.rsplit(b'office:value-type="string"', 1) if name == "content.xml" else (body, b"")
        return head + calc + b'office:value-type="string"' + tail if tail else head

    assert open_workbook(repacked(ods(fill), broken), "a.ods").sheets[0].rows == [["x", "đúng"], ["x", "#DIV/0!"]]
