"""How far the cells of a packed spreadsheet reach, found without building the grid.

The parser reserves one block for the whole rectangle between the first and the last cell, so a
file with two cells at opposite corners would take all memory. The XML is scanned first, as a
stream, and refused when it reaches too far. Cells without content do not count: whole columns are
often formatted in real files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from kheo.core.errors import InvalidInput
from kheo.core.files.archives import Archive
from kheo.core.spreadsheets.workbook import MergedRange

# The address is nearly always the first attribute: then one expression finds it all.
_CELL = re.compile(
    rb"""<(?:\w+:)?c(?=[\s>])(?: r="([A-Z]{1,4})([0-9]{1,9})"(?=[\s/>]))?([^<>]*?)(/?)>"""
)
# The address as nearly every program writes it; a piece with nothing else needs no closer look.
_PLAIN_COLUMN = re.compile(rb"""<c r="([A-Z]{1,4})[0-9]{1,9}"[ />]""")
_PLAIN_ROW = re.compile(rb"""<c r="[A-Z]{1,4}([0-9]{1,9})"[ />]""")
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']\s*([A-Za-z]{1,4})([0-9]{1,9})""")
_TAIL = 4096
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest grid that is accepted."""

    rows: int
    columns: int

    def check(self, rows: int, columns: int) -> None:
        """Refuse a grid that is larger."""
        if rows > self.rows:
            raise InvalidInput(code="file_too_many_rows", params={"limit": self.rows})
        if columns > self.columns:
            raise InvalidInput(code="file_too_many_columns", params={"limit": self.columns})


def check(archive: Archive, kind: str, bounds: Bounds) -> dict[str, list[MergedRange]]:
    """Scan every member; return the merged blocks by sheet name where only we can read them.

    Raises InvalidInput ``file_too_many_rows``, ``file_too_many_columns``, ``file_zip_bomb``,
    ``file_encrypted`` or ``file_damaged``.
    """
    merged: dict[str, list[MergedRange]] = {}
    for name in archive.names:
        if kind == "ods" and name == "content.xml":
            merged = _scan_ods(archive, bounds)
        elif kind == "ods" and name == "META-INF/manifest.xml":
            if b"encryption-data" in archive.read(name):
                raise InvalidInput(code="file_encrypted")
        elif kind == "xlsx" and name.endswith(".xml") and "worksheets/" in name:
            _scan_xlsx(archive, name, bounds)
        else:
            for _ in archive.chunks(name):
                pass
    return merged


def _scan_xlsx(archive: Archive, name: str, bounds: Bounds) -> None:
    tail, nameless = b"", 0
    for chunk in archive.chunks(name):
        piece = tail + chunk
        cut = piece.rfind(b"<") if len(piece) - piece.rfind(b"<") < _TAIL else len(piece)
        nameless += _scan_cells(piece[:cut], bounds)
        tail = piece[cut:]
    nameless += _scan_cells(tail, bounds)
    # Cells may leave out their address; then they follow each other. Real programs write it.
    if nameless > bounds.rows * bounds.columns:
        raise InvalidInput(code="file_too_many_rows", params={"limit": bounds.rows})


def _scan_cells(piece: bytes, bounds: Bounds) -> int:
    """Check the addresses of the filled cells; return how many have none."""
    if _is_plainly_within(piece, bounds):
        return 0
    nameless = 0
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for column, row, attributes, closed in _CELL.findall(piece):
        if closed:
            continue
        if not column:
            reference = _REFERENCE.search(attributes)
            if reference is None:
                nameless += 1
                continue
            column, row = reference.groups()
        columns.add(column)
        rows.add(row)
    bounds.check(max(map(int, rows), default=0), max(map(_column_number, columns), default=0))
    return nameless


def _is_plainly_within(piece: bytes, bounds: Bounds) -> bool:
    """Whether every cell has a plain address within the bounds, filled or not: most pieces of most
    files, told three times faster than by looking at each cell."""
    rows = _PLAIN_ROW.findall(piece)
    if len(rows) != piece.count(b"<c") or b":c" in piece:
        return False
    columns = set(_PLAIN_COLUMN.findall(piece))
    return (
        max(map(int, set(rows)), default=0) <= bounds.rows
        and max(map(_column_number, columns), default=0) <= bounds.columns
    )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


@dataclass
class _OdsScan:
    """Follows rows and cells of content.xml; repeated cells count as often as they repeat."""

    bounds: Bounds
    merged: dict[str, list[MergedRange]] = field(default_factory=dict)
    table: str = ""
    row: int = 0
    column: int = 0
    repeat: int = 1
    filled: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE} table":
            self.table = attributes.get(f"{_TABLE} name", "")
            self.merged.setdefault(self.table, [])
            self.row = 0
        elif tag == f"{_TABLE} table-row":
            self.column, self.filled = 0, False
            self.repeat = _count(attributes, "number-rows-repeated")
        elif tag in (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        across = _count(attributes, "number-columns-spanned")
        down = _count(attributes, "number-rows-spanned")
        if across * down > 1:
            last = (self.row + down - 1, self.column + across - 1)
            self.merged[self.table].append(((self.row, self.column), last))
        self.column += _count(attributes, "number-columns-repeated")
        if f"{_OFFICE} value-type" in attributes or f"{_TABLE} formula" in attributes:
            self.filled = True
            self.bounds.check(self.row + self.repeat, self.column)

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE} table-row":
            self.row += self.repeat

    def entity(self, *_: object) -> None:
        raise InvalidInput(code="file_damaged")


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"{_TABLE} {name}", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _scan_ods(archive: Archive, bounds: Bounds) -> dict[str, list[MergedRange]]:
    scan = _OdsScan(bounds)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.EntityDeclHandler = scan.entity
    try:
        for chunk in archive.chunks("content.xml"):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InvalidInput(code="file_damaged") from error
    return scan.merged
