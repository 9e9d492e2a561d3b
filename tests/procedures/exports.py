"""Exports as one-stop systems make them, for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

HEADINGS = (
    "STT", "Mã hồ sơ", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Chủ hồ sơ", "Địa chỉ", "Số điện thoại", "Ngày tiếp nhận", "Ngày hẹn trả",
    "Ngày kết thúc xử lý", "Ngày trả kết quả", "Trạng thái", "Hình thức tiếp nhận", "Nguyên nhân quá hạn",
)
BIRTH = ("1.001193.000.00.00.H56", "Đăng ký khai sinh", "Hộ tịch")
DEATH = ("1.000656.000.00.00.H56", "Đăng ký khai tử", "Hộ tịch")
COPY = ("2.000815.000.00.00.H56", "Chứng thực bản sao từ bản chính", "Chứng thực")


def dossier(
    serial: int, received: Any = "06/11/2023 08:00", due: Any = "10/11/2023 16:00", done: Any = "09/11/2023 10:00", returned: Any = None,
    status: str = "Đã trả kết quả", channel: str = "Trực tiếp", what: tuple[str, str, str] = BIRTH, day: str = "231106", prefix: str = "H56.32.01",
    reason: Any = None, phone: Any = "0912345678",
) -> list[Any]:
    """One row under HEADINGS."""
    return [
        serial, f"{prefix}-{day}-{serial:04d}", *what, "Người nộp hồ sơ", "Khu phố 1", phone, received, due, done,
        returned, status, channel, reason,
    ]


def several() -> list[list[Any]]:
    """Ten dossiers of November 2023: 3 early, 2 on time, 1 overdue, 1 stopped early; open 1 + 1; 1 carried over."""
    return [
        dossier(1, done="08/11/2023 10:00"), dossier(2, done="09/11/2023 10:00"), dossier(3, done="09/11/2023 11:00", channel="Trực tuyến"),
        dossier(4, done="10/11/2023 09:00", what=COPY), dossier(5, done="10/11/2023 16:00", what=COPY, channel="BCCI"),
        dossier(6, done="13/11/2023 09:00", what=COPY, reason="Chờ xác minh ở đơn vị khác"),
        dossier(7, done="07/11/2023 09:00", status="Từ chối"),
        dossier(8, done=None, due="15/12/2023", status="Đang xử lý", what=COPY), dossier(9, done=None, status="Đang xử lý", channel="Trực tuyến"),
        dossier(10, received="30/10/2023 09:00", day="231030", due="02/11/2023", done="01/11/2023"),
    ]


def xlsx(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS, *, before: Sequence[Sequence[Any]] = (), after: Sequence[Sequence[Any]] = (),
         sheet: str = "HoSo", more: dict[str, Sequence[Sequence[Any]]] | None = None) -> bytes:
    """A workbook of one sheet with rows before and after the table, and further sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy hh:mm", "strings_to_formulas": False}) as book:
        for name, lines in {sheet: [*before, headings, *rows, *after], **(more or {})}.items():
            page = book.add_worksheet(name)
            for number, line in enumerate(lines):
                for column, value in enumerate(line):
                    if isinstance(value, datetime):
                        page.write_datetime(number, column, value)
                    elif value is not None:
                        page.write(number, column, value)
    return out.getvalue()
