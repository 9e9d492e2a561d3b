"""A workbook in memory: grids of values that know their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import format_date
from kheo.core.rules.text import nfc, squeeze
from kheo.core.spreadsheets.problems import Problem

Value = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
MergedRange = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of a merged block, counted from zero, both included."""
Faults = dict[int, dict[int, str]]
"""The errors that cells show, by row and column from zero."""

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def column_letters(column: int) -> str:
    """Return the letters of a column counted from zero: 0 is ``A``, 27 is ``AB``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the address people use, from positions counted from zero: (0, 0) is ``A1``."""
    return f"{column_letters(column)}{row + 1}"


def position(text: str) -> tuple[int, int]:
    """Return (row, column) counted from zero for an address such as ``B7``."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        raise InvalidInput(code="cell_address", params={"text": text[:20]})
    column = 0
    for letter in match.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)) - 1, column - 1


def shown(value: Value) -> str:
    """Return a cell's value as one line of clean text, dates as ``05/11/2023``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return squeeze(nfc(value))
    if isinstance(value, datetime):
        clock = "" if value.time() == time() else f" {value:%H:%M}"
        return format_date(value) + clock
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def is_blank(value: Value) -> bool:
    """Return whether nothing can be seen in a cell of this value."""
    if isinstance(value, str):
        return not value or not (value.isalnum() or shown(value))
    return value is None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands and what it holds."""

    sheet: str
    row: int
    column: int
    value: Value

    @property
    def address(self) -> str:
        return address(self.row, self.column)

    @property
    def text(self) -> str:
        return shown(self.value)

    @property
    def is_blank(self) -> bool:
        return is_blank(self.value)


@dataclass
class Sheet:
    """One sheet as a full grid from A1; merged blocks carry their value in every cell."""

    name: str
    rows: list[list[Value]]
    merged: list[MergedRange] = field(default_factory=list)
    hidden: bool = False

    @property
    def height(self) -> int:
        return len(self.rows)

    @cached_property
    def width(self) -> int:
        """The columns of the widest row when it was first asked for."""
        return max((len(row) for row in self.rows), default=0)

    def value(self, row: int, column: int) -> Value:
        """Return the value, None outside the grid."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def cell(self, row: int, column: int) -> Cell:
        return Cell(self.name, row, column, self.value(row, column))

    def cells(self, row: int) -> Iterator[Cell]:
        """Yield every cell of one row."""
        for column in range(len(self.rows[row])):
            yield self.cell(row, column)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that owns the value: the first cell of a merged block, or itself."""
        return self._origins.get((row, column), (row, column))

    @cached_property
    def _origins(self) -> dict[tuple[int, int], tuple[int, int]]:
        height, width = self.height, self.width
        return {
            (row, column): first
            for first, last in self.merged
            for row in range(first[0], min(last[0] + 1, height))
            for column in range(first[1], min(last[1] + 1, width))
        }

    def fill_merged(self) -> None:
        """Repeat the value of each merged block in all its cells."""
        for (row, column), (top, left) in self._origins.items():
            line = self.rows[row]
            line.extend([None] * (column + 1 - len(line)))
            line[column] = self.value(top, left)


@dataclass
class Workbook:
    """The sheets of one file, and what was wrong with single cells."""

    filename: str
    kind: str
    sheets: list[Sheet]
    problems: list[Problem] = field(default_factory=list)

    @property
    def visible(self) -> list[Sheet]:
        """The sheets a reader of the file sees, those with content only."""
        return [sheet for sheet in self.sheets if sheet.rows and not sheet.hidden]

    def sheet(self, name: str) -> Sheet:
        """Return the sheet of that name; raises InvalidInput ``sheet_missing``."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise InvalidInput(code="sheet_missing", params={"name": name[:60]})
