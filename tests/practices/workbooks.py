"""Workbooks as officers keep them, built for tests."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from typing import Any

import xlsxwriter

HEADINGS = ["STT", "Tên mô hình, điển hình", "Đơn vị thực hiện", "TT/CN", "Lĩnh vực", "Mới/duy trì", "Nội dung chủ yếu", "Địa bàn", "Thời gian thực hiện", "Ghi chú"]
GOOD = [
    [1, "Khu dân cư không có hộ nghèo", "Khu phố 1, phường Ba Đình", "TT", "Kinh tế", "mới", "Phân công đỡ đầu", "Khu phố 1", "01/2023 đến 12/2023", ""],
    [2, "Tuyến đường hoa", "Khu phố 2, phường Bắc Sơn", "Tập thể", "VH-XH", "duy trì", "Trồng hoa", "Khu phố 2", "Cả năm", ""],
    [3, "Tiếng kẻng an ninh", "Phường Lam Sơn", "TT", "Quốc phòng - an ninh", "mới", "Treo kẻng", "Toàn phường", "Quý II/2023", ""],
]


def xlsx(rows: Sequence[Sequence[Any]], *, above: Sequence[str] = (), sheets: dict[str, Sequence[Sequence[Any]]] | None = None) -> bytes:
    """A plain workbook: title lines, then rows as given (the first is the header)."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, content in (sheets or {"Danh sách": [*([line] for line in above), *rows]}).items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(content):
            for c, value in enumerate(row):
                sheet.write(r, c, value)
    book.close()
    return stream.getvalue()


def real_life() -> bytes:
    """Titles above, a two-row merged header with tick columns, numbers row, sections, a subtotal, a signature."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Biểu 1")
    sheet.merge_range("A1:L1", "ĐẢNG ỦY PHƯỜNG")
    sheet.merge_range("A2:L2", "DANH SÁCH ĐĂNG KÝ MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” NĂM 2023")
    for column, words in (("A", "TT"), ("B", "Tên mô hình/điển hình"), ("C", "Đơn vị, cá nhân thực hiện")):
        sheet.merge_range(f"{column}4:{column}5", words)
    sheet.merge_range("D4:E4", "Chủ thể")
    sheet.write_row("D5", ["Tập thể", "Cá nhân"])
    sheet.merge_range("F4:I4", "Lĩnh vực")
    sheet.write_row("F5", ["KT", "VH-XH", "QP-AN", "XDHTCT"])
    for column, words in (("J", "Nội dung chủ yếu"), ("K", "Thời gian"), ("L", "Ghi chú")):
        sheet.merge_range(f"{column}4:{column}5", words)
    sheet.write_row("A6", [f"({n})" for n in range(1, 13)])
    sheet.merge_range("A7:L7", "I. PHƯỜNG BA ĐÌNH")
    sheet.write_row("A8", [1, "Khu dân cư không có hộ nghèo", "KP1", "x", "", "X", "", "", "", "Đỡ đầu từng hộ", "từ 01/2023 đến 12/2023", ""])
    sheet.write_row("A9", [2, unicodedata.normalize("NFD", "Tổ hoà giải cộng đồng"), "KP 2", "x", "", "", "", "x", "", "Hòa giải", 2023, ""])
    sheet.merge_range("A10:L10", "II. PHƯỜNG BẮC SƠN")
    sheet.write_row("A11", [3, "Gương nuôi gà đồi", "Hội viên khu phố 1", "", "x", "x", "", "", "", "Giúp mười hộ", "15/01/2023 - 15/12/2023", ""])
    sheet.write_row("A13", ["", "Tổng cộng", "3", 2, 1])
    sheet.write("K15", "Bỉm Sơn, ngày 05 tháng 01 năm 2023")
    sheet.write("K16", "TM. BAN THƯỜNG VỤ")
    book.close()
    return stream.getvalue()
