"""Turning a workbook's old-font text into Unicode, column by column, with a preview."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kheo.core.rules import legacy
from kheo.core.rules.text import nfc
from kheo.core.spreadsheets.workbook import Sheet, Value, Workbook, column_letters

_SAMPLE = 500
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Conversion:
    """What was converted in one column: for showing before anything is saved."""

    sheet: str
    column: str
    encoding: legacy.Encoding
    cells: int
    samples: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


def modernize(workbook: Workbook) -> tuple[Workbook, list[Conversion]]:
    """Return the workbook with all text in clean Unicode, and what was converted.

    Each column is judged as a whole, because one short cell is weak evidence; a cell changes
    only when it reads better afterwards, so mixed columns survive.
    """
    sheets, conversions = [], []
    for sheet in workbook.sheets:
        rows = [list(row) for row in sheet.rows]
        whole = legacy.detect_many(_texts(rows, range(sheet.width)))
        for column in range(sheet.width):
            found = _convert_column(rows, column, sheet.name, whole)
            if found is not None:
                conversions.append(found)
        for row in rows:
            row[:] = [nfc(value) if isinstance(value, str) else value for value in row]
        sheets.append(Sheet(sheet.name, rows, sheet.merged, sheet.hidden))
    return replace(workbook, sheets=sheets), conversions


def _texts(rows: list[list[Value]], columns: range) -> list[str]:
    found = []
    for row in rows:
        for column in columns:
            value = row[column] if column < len(row) else None
            if isinstance(value, str) and not value.isascii():
                found.append(value[:300])
        if len(found) >= _SAMPLE:
            break
    return found


def _convert_column(
    rows: list[list[Value]], column: int, sheet: str, whole: legacy.Encoding
) -> Conversion | None:
    encoding = legacy.detect_many(_texts(rows, range(column, column + 1)))
    if encoding == "unsure":
        encoding = whole  # a few short cells: the rest of the sheet tells
    if encoding in ("unicode", "unsure"):
        return None
    count = 0
    samples: list[tuple[str, str]] = []
    notes: set[str] = set()
    for row in rows:
        value = row[column] if column < len(row) else None
        if not isinstance(value, str) or not legacy.better_as(value, encoding):
            continue
        converted = legacy.to_unicode(value, encoding)
        row[column] = converted.text
        notes.update(converted.notes)
        count += 1
        if len(samples) < _SHOWN:
            samples.append((value[:80], converted.text[:80]))
    if not count:
        return None
    return Conversion(
        sheet, column_letters(column), encoding, count, tuple(samples), tuple(sorted(notes))
    )
