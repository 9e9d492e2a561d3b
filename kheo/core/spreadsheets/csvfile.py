"""Text tables from anywhere: which encoding, which separator, which rows."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata

from kheo.core.errors import InvalidInput
from kheo.core.rules import legacy
from kheo.core.spreadsheets.workbook import Value

# The csv module refuses fields over 128 KB for the whole process. Length is judged per cell
# later, so that one cell is reported instead of the whole file.
csv.field_size_limit(64 << 20)

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 60


def decode(data: bytes) -> str:
    """Return the text of a file written by Excel, LibreOffice or an old system.

    Tries byte order marks, UTF-8, UTF-16 without a mark, then the Vietnamese and Western code
    pages of Windows, of which the one that gives Vietnamese syllables wins.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _strict(data, "utf-8-sig")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16")
    zeros = data[:4000].count(0)
    if zeros > len(data[:4000]) // 4:
        even = data[:4000:2].count(0)
        return _strict(data, "utf-16-be" if even > zeros // 2 else "utf-16-le")
    if zeros:
        raise InvalidInput(code="file_not_text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidInput(code="file_not_text") from error


def _code_page(data: bytes) -> str:
    # Bytes 0x80-0x9F without meaning in cp1252 must not stop the reading.
    western = data.decode("cp1252", "replace")
    vietnamese = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if legacy.detect_many(western.splitlines()[:500]) in ("tcvn3", "vni"):
        return western
    if legacy.detect_many(vietnamese.splitlines()[:500]) == "unicode":
        return vietnamese
    return western


def read_rows(data: bytes, *, max_rows: int, max_columns: int) -> list[list[Value]]:
    """Return the rows as text; raises InvalidInput when there are too many."""
    text = decode(data)
    first_line, _, rest = text.partition("\n")
    if first_line.strip().lower().startswith("sep=") and len(first_line.strip()) == 5:
        delimiter, text = first_line.strip()[4], rest
    else:
        delimiter = sniff_delimiter(text)
    _refuse_mixed(text, delimiter)
    rows: list[list[Value]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= max_rows:
                raise InvalidInput(code="file_too_many_rows", params={"limit": max_rows})
            while row and not row[-1].strip():
                row.pop()
            if len(row) > max_columns:
                raise InvalidInput(code="file_too_many_columns", params={"limit": max_columns})
            rows.append([unicodedata.normalize("NFC", cell) or None for cell in row])
    except csv.Error as error:
        raise InvalidInput(code="file_damaged") from error
    return rows


_NAMES = {"\t": "Tab"}


def _refuse_mixed(text: str, delimiter: str) -> None:
    """Refuse a file of which one line is cut by another separator: its values would run together."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    usual = max((len(row) for row in csv.reader(lines, delimiter=delimiter)), default=1)
    for number, line in enumerate(lines, 1):
        if usual < 4 or line.count(delimiter) * 4 >= usual or '"' in line:
            continue
        for other in _DELIMITERS.replace(delimiter, ""):
            if line.count(other) >= usual - 1:
                raise InvalidInput(
                    code="file_mixed_separators",
                    params={
                        "line": number,
                        "other": f"“{_NAMES.get(other, other)}”",
                        "usual": f"“{_NAMES.get(delimiter, delimiter)}”",
                    },
                )


def sniff_delimiter(text: str) -> str:
    """Return the separator that cuts most lines into the same number of columns, over one."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = widths.count(usual) / len(widths) * min(usual, 30) if usual > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best
