"""Reading a large sheet row by row: its head as a grid, the rest as it comes.

:func:`kheo.core.spreadsheets.read.open_workbook` holds every cell of a file as a Python object. For
exports of hundreds of thousands of rows that is too much memory; here only one row exists at a time,
and its cells are left as the parser gives them: pass those that are used through ``clean_value``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine

from kheo.core.spreadsheets import csvfile
from kheo.core.spreadsheets.extents import Scanned
from kheo.core.spreadsheets.read import (
    DEFAULT_LIMITS,
    Limits,
    admit,
    clean_value,
    is_read,
    parsed,
    sheet_within,
    show_faults,
    within,
)
from kheo.core.spreadsheets.workbook import Faults, MergedRange, Sheet

HEAD = 120
"""Rows of the head: more than a header is searched in, enough to judge an old font by."""


class SheetStream:
    """One sheet: ``head`` is its first rows as a grid, :meth:`rows` gives all of them in order.

    Cells of a merged block carry its value. The rows can be read once.
    """

    def __init__(
        self,
        name: str,
        rows: Iterator[Sequence[Any]],
        *,
        height: int,
        offset: int = 0,
        merged: Sequence[MergedRange] = (),
        faults: Faults | None = None,
        hidden: bool = False,
    ) -> None:
        self.name, self.height, self.hidden = name, height, hidden
        whole = (self._whole(row, offset) for row in rows) if offset else (list(row) for row in rows)
        self._rows = _with_faults(whole, faults) if faults else whole
        self._taken = list(islice(self._rows, HEAD))
        self._merged = list(merged)
        self.head = Sheet(
            name, [[clean_value(value) for value in row] for row in self._taken], list(merged)
        )
        self.head.fill_merged()

    @staticmethod
    def _whole(row: Sequence[Any], offset: int) -> list[Any]:
        """Return the row from column A; the parser leaves out empty columns at the left."""
        return [None] * offset + list(row)

    def rows(self) -> Iterator[list[Any]]:
        """Yield every row from the first on."""
        every = self._every()
        return self._filled(every) if self._merged else every

    def _every(self) -> Iterator[list[Any]]:
        yield from self._taken
        yield from self._rows

    def _filled(self, rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
        """Give cells of merged blocks their block's value; only the blocks a row meets are looked at."""
        waiting = sorted(self._merged, reverse=True)
        active: list[tuple[MergedRange, Any]] = []
        for number, row in enumerate(rows):
            active = [(block, value) for block, value in active if block[1][0] >= number]
            while waiting and waiting[-1][0][0] <= number:
                block = waiting.pop()
                left = block[0][1]
                active.append((block, row[left] if left < len(row) else None))
            for (first, last), value in active:
                row.extend([None] * (last[1] + 1 - len(row)))
                row[first[1] : last[1] + 1] = [value] * (last[1] + 1 - first[1])
            yield row


def _with_faults(rows: Iterator[list[Any]], faults: Faults) -> Iterator[list[Any]]:
    """Put the errors that cells show where the parser left them empty."""
    for number, row in enumerate(rows):
        if number in faults:
            show_faults(row, faults[number])
        yield row


@contextmanager
def open_sheets(
    source: Path | str | bytes, filename: str = "", *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Iterator[SheetStream]]:
    """Give the sheets of .xlsx, .xls, .ods or .csv one after the other.

    Raises InvalidInput ``file_*`` as :func:`kheo.core.spreadsheets.read.open_workbook` does. Read a
    sheet to its end before asking for the next one: then only one is in memory.
    """
    data, name, kind = admit(source, filename, limits)
    if kind == "csv":
        rows = csvfile.read_rows(data, max_rows=limits.rows, max_columns=limits.columns)
        yield iter([SheetStream(Path(name).stem[:31] or "CSV", iter(rows), height=len(rows))])
        return
    with parsed(data, kind, limits) as (book, scanned):
        yield _sheets(book, scanned, limits)


def _sheets(
    book: python_calamine.CalamineWorkbook, scanned: Scanned, limits: Limits
) -> Iterator[SheetStream]:
    for meta in book.sheets_metadata:
        if not is_read(meta):
            continue
        sheet = sheet_within(book, meta.name, limits)
        yield SheetStream(
            meta.name,
            sheet.iter_rows() if sheet.end else iter(()),
            # The parser's own total_height is one row short.
            height=sheet.end[0] + 1 if sheet.end else 0,
            offset=sheet.start[1] if sheet.start else 0,
            merged=within(sheet.merged_cell_ranges or scanned.merged.get(meta.name, []), limits),
            faults=scanned.faults.get(meta.name),
            hidden=meta.visible != python_calamine.SheetVisibleEnum.Visible,
        )
