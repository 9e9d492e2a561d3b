"""Writing tables that are safe to open.

No cell we write is ever a live formula or link: text that starts with ``=`` stays text. The only
links are our own, from the list of problems to the cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import ceil, isfinite
from typing import Any, Literal

import xlsxwriter
from django.utils.translation import gettext

from kheo.core.rules.dates import format_date, local_clock
from kheo.core.rules.text import nfc
from kheo.core.spreadsheets.workbook import Value, shown

ColumnKind = Literal["text", "integer", "decimal", "percent", "money", "date", "datetime"]

MAX_TEXT = 32_767  # Excel's own limit for one cell
# Programs other than Excel do not make rows tall enough for wrapped text by themselves.
_SHORT, _SPREAD, _LINE, _TALLEST = 7, 1.15, 16, 400
_NUMBER_FORMATS: dict[ColumnKind, str] = {
    "text": "@",
    "integer": "#,##0",
    "decimal": "#,##0.##",
    "percent": '0.0"%"',
    "money": "#,##0",
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy hh:mm",
}
_WIDTHS: dict[ColumnKind, int] = {"date": 12, "datetime": 17, "integer": 11, "percent": 10}
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LIVE_IN_CSV = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_FIRST_EXCEL_DAY = date(1900, 3, 1)  # before it, Excel counts a day that never was


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a table: its heading, what it holds, its width in characters."""

    title: str
    kind: ColumnKind = "text"
    width: int | None = None


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet to write: name, columns, rows, and an optional title above the header."""

    name: str
    columns: Sequence[ColumnSpec]
    rows: Iterable[Sequence[Value]]
    title: str = ""


class SafeBook:
    """An .xlsx being written; every write goes through :meth:`put`."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book: Any = xlsxwriter.Workbook(self._buffer, options)
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **properties: object) -> Any:
        """Return a cell format, shared between equal requests."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
            self._formats[key] = self.book.add_format(base | properties)
        return self._formats[key]

    def add_sheet(self, name: str) -> Any:
        """Add a sheet under a name that Excel accepts, changed where it must be."""
        return self.book.add_worksheet(self.free_name(name))

    def free_name(self, name: str) -> str:
        """Return the name without forbidden characters, cut to 31 and not yet used."""
        clean = _BAD_IN_NAME.sub(" ", nfc(name)).strip("' ")[:31].strip("' ") or "Sheet"
        free, number = clean, 1
        while free.casefold() in self._names:
            number += 1
            tail = f" ({number})"
            free = clean[: 31 - len(tail)] + tail
        self._names.add(free.casefold())
        return free

    def put(self, sheet: Any, row: int, column: int, value: Value, fmt: Any = None) -> None:
        """Write one value by its type; text is always a string cell."""
        value = _writable(value)
        if value is None:
            sheet.write_blank(row, column, None, fmt)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, fmt)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, fmt)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, fmt)
        else:
            sheet.write_string(row, column, str(value), fmt)

    def finish(self) -> bytes:
        """Close the book and return its bytes."""
        self.book.close()
        return self._buffer.getvalue()


def _writable(value: Value) -> Value:
    """Return the value in a form that Excel holds without loss; otherwise as text."""
    if isinstance(value, str):
        return cut(nfc(value))
    if isinstance(value, datetime):
        value = local_clock(value)
        return value if value.date() >= _FIRST_EXCEL_DAY else shown(value)
    if isinstance(value, date):
        return value if value >= _FIRST_EXCEL_DAY else format_date(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        return str(value)
    if isinstance(value, time | timedelta) or (isinstance(value, float) and not isfinite(value)):
        return str(value)  # Excel has no number for NaN; writers put a formula in its place
    return value


def _number(value: Decimal) -> Value:
    if not value.is_finite():
        return str(value)
    digits = len(value.normalize().as_tuple().digits)
    return float(value) if digits <= 15 and abs(value) < 10**15 else f"{value:f}"


def cut(text: str) -> str:
    """Return text that fits one Excel cell; its limit counts UTF-16 units."""
    if len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
        return text
    kept = text.encode("utf-16-le")[: (MAX_TEXT - 1) * 2].decode("utf-16-le", "ignore")
    return kept + "…"


def write_table(sheets: Sequence[TableSheet], *, made_on: datetime | None = None) -> bytes:
    """Return an .xlsx with one sheet per table: header style, frozen header, filter, widths.

    The book carries the time it was made; with `made_on` fixed, equal tables give equal bytes.
    """
    book = SafeBook()
    if made_on is not None:
        book.book.set_properties({"created": made_on})
    for table in sheets:
        _write_sheet(book, table)
    if not sheets:
        book.add_sheet("")
    return book.finish()


def _write_sheet(book: SafeBook, table: TableSheet) -> None:
    sheet = book.add_sheet(table.name)
    header_row = 0
    if table.title:
        book.put(sheet, 0, 0, table.title, book.format(bold=True, font_size=14))
        header_row = 2
    header = book.format(
        bold=True, bg_color="#F3E3E0", border=1, text_wrap=True, align="center", valign="vcenter"
    )
    formats = [
        book.format(num_format=_NUMBER_FORMATS[column.kind], border=1, text_wrap=True)
        for column in table.columns
    ]
    widths = [_least_width(column) for column in table.columns]
    for number, column in enumerate(table.columns):
        book.put(sheet, header_row, number, column.title, header)
    row = header_row
    long = {header_row: [(number, len(column.title)) for number, column in enumerate(table.columns)]}
    for row, values in enumerate(table.rows, start=header_row + 1):
        for number, value in enumerate(values):
            told = _yes_no(value)
            book.put(sheet, row, number, told, formats[number])
            length = len(shown(told))
            widths[number] = max(widths[number], min(60, length + 2))
            if isinstance(told, str) and length > _SHORT:
                long.setdefault(row, []).append((number, length))
    _set_sizes(sheet, [column.width or width for column, width in zip(table.columns, widths, strict=True)], long)
    sheet.freeze_panes(header_row + 1, 0)
    if table.columns:
        sheet.autofilter(header_row, 0, row, len(table.columns) - 1)
        sheet.repeat_rows(header_row)
    _set_paper(sheet)


def _set_sizes(sheet: Any, widths: Sequence[int], long: dict[int, list[tuple[int, int]]]) -> None:
    """Set widths, and the heights of rows whose texts (column, length) need several lines."""
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    for row, lengths in long.items():
        lines = max((ceil(length * _SPREAD / widths[number]) for number, length in lengths), default=1)
        if lines > 1:
            sheet.set_row(row, min(_LINE * lines, _TALLEST))


def _set_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _least_width(column: ColumnSpec) -> int:
    longest_word = max((len(word) for word in column.title.split()), default=0)
    return max(_WIDTHS.get(column.kind, 8), longest_word + 3)


def _yes_no(value: Value) -> Value:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a CSV in UTF-8 with a byte order mark, dates as ISO and decimals with a point.

    Text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([csv_safe(title) for title in columns])
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_value(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() else ""
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return csv_safe(str(value))


def csv_safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    clean = nfc(text)
    risky = clean.startswith(_LIVE_IN_CSV) or clean.lstrip().startswith(_LIVE_IN_CSV)
    # A sign of percent by itself is a unit of measure in many tables, and runs nothing.
    return f"'{clean}" if risky and clean != "%" else clean
