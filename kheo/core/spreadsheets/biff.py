"""The errors cells of an old .xls workbook show: the parser gives such cells as empty.

An .xls file is a small file system (compound file: sectors, a table that chains them, a directory)
whose stream `Workbook` is a row of records. Only what is needed is read here, with bounds on every
loop; a file that does not follow the format has no errors to tell, the parser says what is wrong
with it. Formats: [MS-CFB] and [MS-XLS], records BOUNDSHEET8, FORMULA and BOOLERR.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kheo.core.spreadsheets.workbook import Faults

_WORDS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_FREE = 0xFFFFFFFA  # sector numbers from here on mean something else than a sector
_BOUNDSHEET, _FORMULA, _BOOLERR, _BOF, _EOF = 0x85, 0x06, 0x205, 0x809, 0x0A
_MOST = 20_000


def faults_of(data: bytes) -> dict[str, Faults]:
    """The errors by sheet name; empty when the file cannot be followed."""
    try:
        stream = _workbook(data)
        return {name: found for name, start in _sheets(stream) if (found := _faults(stream, start))}
    except (struct.error, IndexError, ValueError):
        return {}


def _chain(first: int, table: list[int]) -> Iterator[int]:
    """The sectors of a chain, each at most once."""
    for _step in range(len(table)):
        if first >= _FREE or first >= len(table):
            return
        yield first
        first = table[first]


def _workbook(data: bytes) -> bytes:
    """The bytes of the stream `Workbook`."""
    size, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    directory, cutoff, first_small, _count, more = struct.unpack_from("<I4xIIII", data, 48)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    places = list(struct.unpack_from("<109I", data, 76))
    for _step in range(len(data) // size):
        if more >= _FREE:
            break
        part = struct.unpack(f"<{size // 4}I", sector(more))
        places += part[:-1]
        more = part[-1]
    table = [number for place in places if place < _FREE for number in struct.unpack(f"<{size // 4}I", sector(place))]
    entries = b"".join(map(sector, _chain(directory, table)))
    root_first = struct.unpack_from("<I", entries, 116)[0]
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + max(0, struct.unpack_from("<H", entries, at + 64)[0] - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            first, length = struct.unpack_from("<II", entries, at + 116)
            if length >= cutoff:
                return b"".join(map(sector, _chain(first, table)))[:length]
            chained = [number for part in _chain(first_small, table) for number in struct.unpack(f"<{size // 4}I", sector(part))]
            within = b"".join(map(sector, _chain(root_first, table)))
            return b"".join(within[n * small : (n + 1) * small] for n in _chain(first, chained))[:length]
    return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Name and place of each sheet, from the records before the first one."""
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _BOUNDSHEET:
            start, length, wide = struct.unpack_from("<I2xBB", body)
            text = body[8 : 8 + length * (1 + (wide & 1))]
            yield text.decode("utf-16-le" if wide & 1 else "latin-1", "replace"), start


def _faults(stream: bytes, start: int) -> Faults:
    found: Faults = {}
    depth = 0  # a chart inside a sheet is a sheet of its own
    for kind, body in _records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0 or len(found) >= _MOST:
            break
        if depth > 1:
            continue
        if kind == _BOOLERR and body[7]:
            code = body[6]
        elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            code = body[8]
        else:
            continue
        row, column = struct.unpack_from("<HH", body)
        found.setdefault(row, {})[column] = _WORDS.get(code, "#VALUE!")
    return found
