"""The data rows below a header, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kheo.core.rules.text import canonical, fold
from kheo.core.spreadsheets.faults import fault_of, fault_problem
from kheo.core.spreadsheets.headers import Column, Header, find_header, is_column_numbers
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.workbook import Cell, Sheet, Value, address, is_blank

Reason = Literal["column_numbers", "repeated_header", "subtotal", "section", "note"]

_TICKS = frozenset({"x", "v", "1", "co", "yes", "true", "✓", "✔", "☑", "√"})
_SUBTOTAL = re.compile(
    r"(tong cong|tong so|cong chung)\b.*|(tong|cong)( [ivx]+| [0-9]+| muc .*| nhom .*| trang .*)?"
)
_WORDED_TOTAL = re.compile(r"(?:tổng|cộng)\s*:.*|(?:tổng|cộng)\s+(?:số\s+)?\d+(?!\S).*")
"""By its tone marks: "Cộng: 5 mô hình" is a total, "Cổng khu phố" and "Công an" are names."""
_BARE_TOTALS = frozenset({"tong", "cong", "tong cong", "tong so", "cong chung"})
_SECTION_NUMBER = re.compile(r"\(?(?:[IVXLC]+|[A-H])[.)]*")
_SECTION_TITLE = re.compile(r"(?:[IVXLC]+|[A-H])[.)/]\s*\S.*")
_NOTE = re.compile(
    r"(ghi chu|nguoi lap|thu truong|noi nhan|ky ten|tm|kt|tl|chu tich|nguoi kiem tra|truong phong)"
    r"\b.*|.*\bngay\b.*\bthang\b.*\bnam\b.*"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: its cells by column key, and the section heading above it."""

    sheet: str
    index: int
    cells: dict[str, Cell]
    groups: dict[str, tuple[tuple[str, Cell], ...]]
    section: str = ""

    @property
    def number(self) -> int:
        """The row number people see, from 1."""
        return self.index + 1

    def value(self, key: str) -> Value:
        cell = self.cells.get(key)
        return cell.value if cell else None

    def text(self, key: str) -> str:
        cell = self.cells.get(key)
        return cell.text if cell else ""

    def address(self, key: str) -> str:
        """Return the address of a column's cell; of column A when the file lacks the column."""
        cell = self.cells.get(key)
        return cell.address if cell else address(self.index, 0)

    def choices(self, key: str) -> list[str]:
        """Return what is chosen: the names of ticked columns, or the texts of a single one."""
        group = self.groups.get(key, ())
        if len(group) == 1:
            parts = re.split(r"[;\n]", str(group[0][1].value or ""))
            return [part.strip() for part in parts if part.strip()]
        return [name for name, cell in group if is_ticked(cell.value)]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data, with the reason and its first words, for the preview."""

    number: int
    reason: Reason
    text: str


@dataclass
class Table:
    """What was understood of one sheet. ``faults`` are the cells of asked columns that show an error of
    the spreadsheet; their rows are left out of ``rows``, for the caller to report."""

    header: Header
    rows: list[Row] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    faulty: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def is_ticked(value: Value) -> bool:
    """Return whether a tick column's cell is ticked (x, v, 1, có, a check mark)."""
    if isinstance(value, bool):
        return value
    text = str(value).strip() if value is not None else ""
    return text in _TICKS or fold(text) in _TICKS


def read_table(sheet: Sheet, columns: Sequence[Column]) -> Table:
    """Find the header and return the data rows; errors as in ``find_header``."""
    header = find_header(sheet, columns)
    required = [column.key for column in columns if column.required]
    names = {column.key: column.names[0] for column in columns}
    table = Table(header)
    section = ""
    for index in range(header.first_data_row, sheet.height):
        own = _own_cells(sheet, index)
        if not own:
            continue
        reason = _reason(sheet, header, index, own, required)
        if reason is None:
            row = _row(sheet, header, index, section)
            faults = _faults(row, names)
            table.faults += faults
            if faults:
                table.faulty += 1
            else:
                table.rows.append(row)
            continue
        words = " ".join(cell.text for cell in own)[:120]
        table.skipped.append(Skipped(index + 1, reason, words))
        if reason == "section":
            section = own[-1].text
    return table


def read_tables(sheets: Iterable[Sheet], columns: Sequence[Column]) -> tuple[list[Row], list[Problem], int]:
    """Return the data rows of several sheets, the cells that show an error, and how many rows those left out."""
    tables = [read_table(sheet, columns) for sheet in sheets]
    rows, faults = [row for table in tables for row in table.rows], [fault for table in tables for fault in table.faults]
    return rows, faults, sum(table.faulty for table in tables)


def _faults(row: Row, names: Mapping[str, str]) -> list[Problem]:
    """Return the cells of a row whose formula went wrong; `names` are the columns' by key."""
    return [
        fault_problem(row.sheet, cell.address, fault, names.get(key, key))
        for key, group in row.groups.items()
        for _child, cell in group
        if (fault := fault_of(cell.value))
    ]


def reason_left_out(
    values: Sequence[Value], header: Header, required: list[str], *, first: bool = False
) -> Reason | None:
    """Return why one row of a sheet that is read row by row is no data, None when it is.

    ``first`` says that the row follows the header, where a row of column numbers may stand.
    """
    sheet = Sheet(header.sheet, [list(values)])
    own = _own_cells(sheet, 0)
    moved = replace(header, rows=(-1 if first else -2,))
    return _reason(sheet, moved, 0, own, required) if own else None


def _own_cells(sheet: Sheet, index: int) -> list[Cell]:
    """Return the filled cells of a row that do not merely continue a merged block."""
    return [
        sheet.cell(index, column)
        for column, value in enumerate(sheet.rows[index])
        if not is_blank(value) and sheet.origin(index, column) == (index, column)
    ]


def _row(sheet: Sheet, header: Header, index: int, section: str) -> Row:
    groups = {
        key: tuple((found.child, sheet.cell(index, found.column)) for found in headings)
        for key, headings in header.columns.items()
    }
    cells = {key: group[0][1] for key, group in groups.items()}
    return Row(sheet.name, index, cells, groups, section)


def _reason(
    sheet: Sheet, header: Header, index: int, own: list[Cell], required: list[str]
) -> Reason | None:
    """Return why a row is no data, None when it is."""
    checks: tuple[tuple[Reason, Callable[[], bool]], ...] = (
        ("column_numbers", lambda: _numbers_columns(sheet, header, index)),
        ("repeated_header", lambda: _repeats_header(sheet, header, index)),
        ("subtotal", lambda: _is_subtotal(sheet, header, own, required)),
        ("section", lambda: _is_section(sheet, own)),
        ("note", lambda: _is_note(header, own, required)),
    )
    return next((reason for reason, holds in checks if holds()), None)


def _numbers_columns(sheet: Sheet, header: Header, index: int) -> bool:
    return index == header.first_data_row and is_column_numbers(sheet, index)


def _repeats_header(sheet: Sheet, header: Header, index: int) -> bool:
    """Printed tables repeat their header on each page."""
    headings = [found for group in header.columns.values() for found in group]
    return len(headings) > 1 and all(
        isinstance(sheet.value(index, found.column), str)
        and fold(sheet.cell(index, found.column).text) in map(fold, found.parts)
        for found in headings
    )


def _filled(header: Header, own: list[Cell], required: list[str]) -> int:
    """Count the required columns that have a value of their own."""
    filled = {cell.column for cell in own}
    return sum(header.column(key) in filled for key in required)


def _is_subtotal(sheet: Sheet, header: Header, own: list[Cell], required: list[str]) -> bool:
    first = [fold(cell.text) for cell in own[:2]]
    if any(text in _BARE_TOTALS for text in first):
        return True
    # "Tổng số …" may also begin a real name: then all required columns are filled.
    if len(required) > 1 and _filled(header, own, required) == len(required):
        return False
    return any(_SUBTOTAL.fullmatch(fold(cell.text)) or _WORDED_TOTAL.fullmatch(canonical(cell.text)) for cell in own[:2])


def _is_section(sheet: Sheet, own: list[Cell]) -> bool:
    first = own[0]
    if not isinstance(first.value, str) or len(own) > 2:
        return False
    if len(own) == 2:
        numbered = _SECTION_NUMBER.fullmatch(first.text) is not None
        return numbered and isinstance(own[1].value, str)
    last = (first.row, first.column + 2)
    wide = sheet.origin(*last) == (first.row, first.column)
    titled = _SECTION_TITLE.fullmatch(first.text) is not None
    return sheet.width > 1 and (wide or titled or first.text.isupper()) and not _is_footer(own)


def _is_footer(own: list[Cell]) -> bool:
    return any(_NOTE.fullmatch(fold(cell.text)) for cell in own)


def _is_note(header: Header, own: list[Cell], required: list[str]) -> bool:
    few = len(own) <= 3 and _filled(header, own, required) <= min(1, len(required) - 1)
    return few and _is_footer(own)
