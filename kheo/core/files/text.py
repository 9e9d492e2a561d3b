"""The text inside a file, as far as it can be read safely, for the scan."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.parsers import expat

from kheo.core.errors import InvalidInput
from kheo.core.files.archives import Archive
from kheo.core.files.kinds import Kind
from kheo.core.rules.text import nfc
from kheo.core.spreadsheets.csvfile import decode
from kheo.core.spreadsheets.encodings import modernize
from kheo.core.spreadsheets.read import open_workbook
from kheo.core.spreadsheets.workbook import Value, shown

PDF_PAGES = 300
PDF_SECONDS = 20
MAX_CHARACTERS = 5_000_000
_WORKER = Path(__file__).with_name("pdf_worker.py")
_PDF_ENCRYPTED = 3
_DOCX_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|docProps/core\.xml"
)
_BREAKS = ("p", "br", "cr", "tab", "tc")


def extract(data: bytes, kind: Kind) -> str:
    """Return the text of a document, cut to 5 million characters; empty for photos.

    Raises InvalidInput ``file_encrypted``, ``file_damaged`` or ``file_zip_bomb``.
    """
    match kind:
        case "pdf":
            text = _pdf(data)
        case "docx":
            text = _docx(data)
        case "xlsx" | "xls" | "ods" | "csv":
            text = _sheets(data, kind)
        case "txt":
            text = decode(data)
        case _:
            text = ""
    return nfc(text[:MAX_CHARACTERS])


def _pdf(data: bytes) -> str:
    """Read in a process of its own; after the time limit, what was read so far counts."""
    command = [sys.executable, str(_WORKER), str(PDF_PAGES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, no shell, no user input in it
            command, input=data, capture_output=True, timeout=PDF_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        return (error.stdout or b"").decode("utf-8", "ignore")
    if done.returncode == _PDF_ENCRYPTED:
        raise InvalidInput(code="file_encrypted")
    if done.returncode and not done.stdout:
        raise InvalidInput(code="file_damaged")
    return done.stdout.decode("utf-8", "ignore")


def _docx(data: bytes) -> str:
    archive = Archive(data)
    archive.check()
    archive = Archive(data)  # a fresh count: the parts are read a second time
    return "\n".join(
        _words(archive.read(name)) for name in archive.names if _DOCX_PARTS.fullmatch(name)
    )


def _words(xml: bytes) -> str:
    """Return the character data of an Office part; runs inside a paragraph are joined."""
    pieces: list[str] = []

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] in _BREAKS:
            pieces.append("\n")

    def entity(*_: object) -> None:
        raise InvalidInput(code="file_damaged")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = pieces.append
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise InvalidInput(code="file_damaged") from error
    return "".join(pieces)


def _sheets(data: bytes, kind: Kind) -> str:
    workbook, _ = modernize(open_workbook(data, f"file.{kind}"))
    lines = []
    for sheet in workbook.sheets:
        lines.append(sheet.name)
        lines += ["\t".join(_cell(value) for value in row) for row in sheet.rows]
    return "\n".join(lines)


def _cell(value: Value) -> str:
    """Show a cell; numbers of 9 or 11 digits get back the zero that spreadsheets drop."""
    text = shown(value)
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        return text
    lost_zero = len(text) == 11 or (len(text) == 9 and text[0] in "35789")
    return "0" + text if lost_zero else text
