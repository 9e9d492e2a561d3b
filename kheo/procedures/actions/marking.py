"""The officer's own workbook back, with every problem at its cell and without personal data.

Only the cells that are read are given back: headings and data rows of known columns. Everything else
(names, addresses, signatures below the table) is left empty, so that the copy can be kept for a few
days without keeping what it must not.
"""

from __future__ import annotations

from pathlib import Path

from kheo.core.errors import InvalidInput
from kheo.core.spreadsheets import encodings, headers
from kheo.core.spreadsheets.marked import marked_workbook
from kheo.core.spreadsheets.read import Limits, open_workbook
from kheo.core.spreadsheets.workbook import Sheet, Value, Workbook
from kheo.procedures.rules import codes, personal
from kheo.procedures.sources.check import Checked
from kheo.procedures.sources.reading import columns_of
from kheo.procedures.sources.vocabulary import Vocabulary

MOST_ROWS = 20_000
"""Larger files get the list of problems alone: their cells are named in it."""
HIDDEN_KEYS = ("phone", "personal")


def marked(source: Path | bytes, checked: Checked) -> bytes:
    """The marked workbook; empty when there is nothing to mark or the file could not be opened."""
    problems = [p for p in checked.reading.problems.kept if p.cell]
    if not problems:
        return b""
    if checked.reading.total > MOST_ROWS:
        return marked_workbook(Workbook(checked.reading.filename, "", []), problems)
    try:
        workbook, _conversions = encodings.modernize(open_workbook(source, checked.reading.filename, limits=Limits(file_size=40 << 20)))
    except InvalidInput:
        return marked_workbook(Workbook(checked.reading.filename, "", []), problems)
    sheets = [kept for sheet in workbook.visible if (kept := _kept(sheet, checked.reading.vocabulary)) is not None]
    return marked_workbook(Workbook(checked.reading.filename, workbook.kind, sheets), problems)


def _kept(sheet: Sheet, vocabulary: Vocabulary) -> Sheet | None:
    """The sheet with only what was read."""
    try:
        header = headers.find_header(sheet, columns_of(vocabulary))
    except InvalidInput:
        return None
    shown = {found.column for key, group in header.columns.items() if key not in HIDDEN_KEYS for found in group}
    code = header.column("code") or 0
    rows: list[list[Value]] = []
    for number, row in enumerate(sheet.rows):
        if number in header.rows:
            rows.append([_clean(value) for value in row])
        elif number >= header.first_data_row and code < len(row) and row[code] is not None:
            rows.append([_clean(value) if at in shown else None for at, value in enumerate(row)])
        else:
            rows.append([None] * len(row))
    merged = [block for block in sheet.merged if block[1][0] < header.first_data_row and block[0][0] in header.rows]
    return Sheet(personal.cleaned_title(sheet.name)[:31], rows, merged)


def _clean(value: Value) -> Value:
    if isinstance(value, str):
        # Codes of dossiers carry long numbers of their own.
        return value if len(value) < 41 and _is_code(value) else personal.cleaned(value)[0]
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**8:
        return personal.HIDDEN
    return value


def _is_code(text: str) -> bool:
    return codes.dossier(codes.tidy(text)) is not None or codes.is_procedure(codes.tidy(text))

