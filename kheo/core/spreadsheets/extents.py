"""What the parser does not tell of a packed spreadsheet: how far its cells reach, merged blocks, errors.

The parser reserves one block for the whole rectangle between the first and the last cell, so a
file with two cells at opposite corners would take all memory. The XML is scanned first, as a
stream, and refused when it reaches too far. Cells without content do not count: whole columns are
often formatted in real files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from kheo.core.errors import InvalidInput
from kheo.core.files.archives import Archive
from kheo.core.spreadsheets.workbook import Faults, MergedRange

# The address is nearly always the first attribute: then one expression finds it all.
_CELL = re.compile(
    rb"""<(?:\w+:)?c(?=[\s>])(?: r="([A-Z]{1,4})([0-9]{1,9})"(?=[\s/>]))?([^<>]*?)(/?)>"""
)
# The address as nearly every program writes it; a piece with nothing else needs no closer look.
_PLAIN_COLUMN = re.compile(rb"""<c r="([A-Z]{1,4})[0-9]{1,9}"[ />]""")
_PLAIN_ROW = re.compile(rb"""<c r="[A-Z]{1,4}([0-9]{1,9})"[ />]""")
_FAULT = re.compile(
    rb"""<c r="([A-Z]{1,4})([0-9]{1,9})"(?=[^<>]* t="e")[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([^<]{1,16})</v>"""
)
_MOST_FAULTS = 20_000
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']\s*([A-Za-z]{1,4})([0-9]{1,9})""")
_TAIL = 4096
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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


@dataclass(frozen=True, slots=True)
class Scanned:
    """By sheet name: merged blocks where only we can read them, and the errors cells show."""

    merged: dict[str, list[MergedRange]] = field(default_factory=dict)
    faults: dict[str, Faults] = field(default_factory=dict)


def check(archive: Archive, kind: str, bounds: Bounds) -> Scanned:
    """Scan every member.

    Raises InvalidInput ``file_too_many_rows``, ``file_too_many_columns``, ``file_zip_bomb``,
    ``file_encrypted`` or ``file_damaged``.
    """
    whole = Scanned()
    parts: dict[str, Faults] = {}
    for name in archive.names:
        if kind == "ods" and name == "content.xml":
            whole = _scan_ods(archive, bounds)
        elif kind == "ods" and name == "META-INF/manifest.xml":
            if b"encryption-data" in archive.read(name):
                raise InvalidInput(code="file_encrypted")
        elif kind == "xlsx" and name.endswith(".xml") and "worksheets/" in name:
            if found := _scan_xlsx(archive, name, bounds):
                parts[name] = found
        else:
            for _ in archive.chunks(name):
                pass
    names = _sheet_names(archive) if parts else {}
    whole.faults.update({names[part]: found for part, found in parts.items() if part in names})
    return whole


def _scan_xlsx(archive: Archive, name: str, bounds: Bounds) -> Faults:
    tail, nameless = b"", 0
    faults: Faults = {}
    for chunk in archive.chunks(name):
        piece = tail + chunk
        cut = _cut(piece)
        nameless += _scan_cells(piece[:cut], bounds)
        _scan_faults(piece[:cut], faults)
        tail = piece[cut:]
    nameless += _scan_cells(tail, bounds)
    _scan_faults(tail, faults)
    # Cells may leave out their address; then they follow each other. Real programs write it.
    if nameless > bounds.rows * bounds.columns:
        raise InvalidInput(code="file_too_many_rows", params={"limit": bounds.rows})
    return faults


def _cut(piece: bytes) -> int:
    """Where to cut so that no cell with an error, else no tag, is torn apart."""
    at = piece.rfind(b"<c ") if b't="e"' in piece[-_TAIL:] else piece.rfind(b"<")
    return at if at >= 0 and len(piece) - at < _TAIL else len(piece)


def _scan_faults(piece: bytes, faults: Faults) -> None:
    """Note the cells that show an error; the parser gives them as empty."""
    if b't="e"' not in piece or len(faults) >= _MOST_FAULTS:
        return
    for column, row, text in _FAULT.findall(piece):
        faults.setdefault(int(row) - 1, {})[_column_number(column) - 1] = text.decode("utf-8", "replace")


def _sheet_names(archive: Archive) -> dict[str, str]:
    """The name of each sheet by the member that holds it."""
    by_link: dict[str, str] = {}
    found: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_MAIN} sheet":
            by_link[attributes.get(f"{_LINK} id", "")] = attributes.get("name", "")

    def link(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" Relationship") and attributes.get("Id") in by_link:
            target = attributes.get("Target", "")
            found[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = by_link[attributes["Id"]]

    for member, start in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", link)):
        if member in archive:
            _walk(archive, member, start)
    return found


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
    faults: dict[str, Faults] = field(default_factory=dict)
    fault: str | None = None
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
        if attributes.get(f"{_CALC} value-type") == "error":
            self.fault = ""
        self.column += _count(attributes, "number-columns-repeated")
        if f"{_OFFICE} value-type" in attributes or f"{_TABLE} formula" in attributes:
            self.filled = True
            self.bounds.check(self.row + self.repeat, self.column)

    def text(self, words: str) -> None:
        """Collect what a cell with an error shows."""
        if self.fault is not None:
            self.fault += words

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE} table-cell" and self.fault is not None:
            place = self.faults.setdefault(self.table, {}).setdefault(self.row, {})
            place[self.column - 1], self.fault = self.fault[:16], None
        if tag == f"{_TABLE} table-row":
            self.row += self.repeat


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"{_TABLE} {name}", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _scan_ods(archive: Archive, bounds: Bounds) -> Scanned:
    scan = _OdsScan(bounds)
    _walk(archive, "content.xml", scan.start, scan.end, scan.text)
    return Scanned(scan.merged, scan.faults)


def _walk(
    archive: Archive,
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Give every tag of a member, as a stream. An entity of its own is refused: it may grow without end."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse_entity
    try:
        for chunk in archive.chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InvalidInput(code="file_damaged") from error


def _refuse_entity(*_: object) -> None:
    raise InvalidInput(code="file_damaged")
