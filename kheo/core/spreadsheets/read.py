"""Opening a spreadsheet from outside: what it is, whether it is safe, what it holds."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine

from kheo.core.errors import InvalidInput
from kheo.core.files.archives import Archive, ArchiveLimits
from kheo.core.rules.text import fold
from kheo.core.spreadsheets import biff, csvfile, extents
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.workbook import MergedRange, Sheet, Value, Workbook, address

# The list of problems that we put in front of a marked workbook; not read back.
PROBLEM_SHEETS = frozenset({"loi can sua", "problems to fix"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KEPT_OF_TOO_LONG = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold. Sizes are bytes."""

    file_size: int = 20 << 20
    rows: int = 200_000
    columns: int = 200
    cell_text: int = 100_000
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)


DEFAULT_LIMITS = Limits()


def open_workbook(
    source: Path | str | bytes, filename: str = "", *, limits: Limits = DEFAULT_LIMITS
) -> Workbook:
    """Read .xlsx, .xls, .ods or .csv into memory.

    The file's bytes decide what it is. Strings are composed (NFC) but otherwise raw: run
    :func:`kheo.core.spreadsheets.encodings.modernize` before using them. Raises InvalidInput
    ``file_*`` when the file is too large, damaged, encrypted, or of another type.
    """
    data, name, kind = admit(source, filename, limits)
    if kind == "csv":
        rows = csvfile.read_rows(data, max_rows=limits.rows, max_columns=limits.columns)
        sheets = [Sheet(Path(name).stem[:31] or "CSV", rows)]
    else:
        sheets = _read_sheets(data, kind, limits)
    workbook = Workbook(name, kind, sheets)
    for sheet in workbook.sheets:
        workbook.problems += _shorten(sheet, limits.cell_text)
    return workbook


def admit(source: Path | str | bytes, filename: str, limits: Limits) -> tuple[bytes, str, str]:
    """Return a file's bytes, name and kind when its size and kind are acceptable."""
    if isinstance(source, bytes):
        data, name = source, filename
    else:
        path = Path(source)
        data, name = _read_capped(path, limits), filename or path.name
    if len(data) > limits.file_size:
        raise InvalidInput(code="file_too_large", params={"limit": limits.file_size >> 20})
    if not data.strip(b"\0\t\r\n "):
        raise InvalidInput(code="file_empty")
    return data, name, workbook_kind(data, name)


def _read_capped(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limits.file_size + 1)
    except OSError as error:
        raise InvalidInput(code="file_unreadable", params={"name": path.name}) from error


def workbook_kind(data: bytes, filename: str) -> str:
    """Return ``xlsx``, ``xls``, ``ods`` or ``csv``; raises InvalidInput for anything else."""
    if data.startswith(b"PK\x03\x04"):
        return _container_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if Path(filename).suffix.lower() not in (".csv", ".tsv", ".txt"):
        start = data[:2048].lstrip().lower()
        html = start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml"))
        raise InvalidInput(
            code="file_html_as_sheet" if html else "file_not_a_sheet", params={"name": filename}
        )
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"MZ")):
        raise InvalidInput(code="file_not_a_sheet", params={"name": filename})
    return "csv"


def _container_kind(data: bytes) -> str:
    names = Archive(data).names
    if "xl/workbook.xml" in names:
        if "xl/vbaProject.bin" in names:
            raise InvalidInput(code="file_has_macros")
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    code = "file_binary_workbook" if "xl/workbook.bin" in names else "file_not_a_sheet"
    raise InvalidInput(code=code, params={"name": ""})


def _ole_kind(data: bytes) -> str:
    # Names inside the compound file are UTF-16. An encrypted .xlsx is such a file too.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InvalidInput(code="file_encrypted")
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "xls"
    raise InvalidInput(code="file_not_a_sheet", params={"name": ""})


def _read_sheets(data: bytes, kind: str, limits: Limits) -> list[Sheet]:
    with parsed(data, kind, limits) as (book, scanned):
        return [
            _read_sheet(book, meta, scanned, limits)
            for meta in book.sheets_metadata
            if is_read(meta)
        ]


def is_read(meta: python_calamine.SheetMetadata) -> bool:
    """Whether a sheet holds cells and is not our own list of problems."""
    return (
        meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        and fold(meta.name) not in PROBLEM_SHEETS
    )


@contextmanager
def parsed(
    data: bytes, kind: str, limits: Limits
) -> Iterator[tuple[python_calamine.CalamineWorkbook, extents.Scanned]]:
    """Give the parser's workbook, and what only we read of it.

    What goes wrong in the parser while it is used comes out as InvalidInput.
    """
    scanned = extents.Scanned()
    if kind in ("xlsx", "ods"):
        # Before the parser sees the file: it reserves memory for the whole extent.
        bounds = extents.Bounds(limits.rows, limits.columns)
        scanned = extents.check(Archive(data, limits.archive), kind, bounds)
    elif kind == "xls":
        scanned = extents.Scanned(faults=biff.faults_of(data))
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            yield book, scanned
    except python_calamine.PasswordError as error:
        raise InvalidInput(code="file_encrypted") from error
    except python_calamine.CalamineError as error:
        raise InvalidInput(code="file_damaged") from error
    except BaseException as error:
        # The parser is native code: what it cannot cope with arrives as PanicException, which
        # is no Exception. Interrupts must still pass.
        if type(error).__name__ != "PanicException":
            raise
        raise InvalidInput(code="file_damaged") from error


def sheet_within(
    book: python_calamine.CalamineWorkbook, name: str, limits: Limits
) -> python_calamine.CalamineSheet:
    """Return the parser's sheet when it is not too large."""
    try:
        source = book.get_sheet_by_name(name)
    except (OSError, ValueError) as error:
        raise InvalidInput(code="file_damaged") from error
    last_row, last_column = source.end or (-1, -1)
    if last_row >= limits.rows:
        raise InvalidInput(code="file_too_many_rows", params={"limit": limits.rows})
    if last_column >= limits.columns:
        raise InvalidInput(code="file_too_many_columns", params={"limit": limits.columns})
    return source


def _read_sheet(
    book: python_calamine.CalamineWorkbook,
    meta: python_calamine.SheetMetadata,
    scanned: extents.Scanned,
    limits: Limits,
) -> Sheet:
    source = sheet_within(book, meta.name, limits)
    grid = source.to_python(skip_empty_area=False) if source.end else []
    for number, faults in scanned.faults.get(meta.name, {}).items():
        if number < len(grid):
            show_faults(grid[number], faults)
    sheet = Sheet(
        name=unicodedata.normalize("NFC", meta.name),
        rows=[_clean_row(row) for row in grid],
        merged=within(source.merged_cell_ranges or scanned.merged.get(meta.name, []), limits),
        hidden=meta.visible != python_calamine.SheetVisibleEnum.Visible,
    )
    sheet.fill_merged()
    return sheet


def within(merged: Sequence[MergedRange], limits: Limits) -> list[MergedRange]:
    """Drop blocks that start outside and cut those that run on (a whole row, a whole column)."""
    last_row, last_column = limits.rows - 1, limits.columns - 1
    return [
        (first, (min(last[0], last_row), min(last[1], last_column)))
        for first, last in merged
        if first != last and first[0] <= last_row and first[1] <= last_column
    ]


def show_faults(row: list[Any], faults: Mapping[int, str]) -> None:
    """Put the errors that cells show where the parser left them empty."""
    for column, fault in faults.items():
        if column < len(row) and not row[column]:
            row[column] = fault


def _clean_row(row: list[Any]) -> list[Value]:
    return [clean_value(value) for value in row]


def clean_value(value: Any) -> Value:
    """Return one cell as the rest of the software takes it: composed text, whole numbers as int."""
    if isinstance(value, str):
        return (value if value.isascii() else unicodedata.normalize("NFC", value)) or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)  # spreadsheets store every number as a float
    return value  # type: ignore[no-any-return]


def _shorten(sheet: Sheet, limit: int) -> list[Problem]:
    """Cut texts over the limit and report each: one bad cell must not stop the file."""
    problems = []
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) > limit:
                row[column] = value[:_KEPT_OF_TOO_LONG] + "…"
                if sheet.origin(number, column) != (number, column):
                    continue
                problems.append(
                    Problem(
                        sheet=sheet.name,
                        cell=address(number, column),
                        value=value[:_KEPT_OF_TOO_LONG],
                        code="cell_too_long",
                        params={"length": len(value), "limit": limit},
                    )
                )
    return problems
