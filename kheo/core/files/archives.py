"""Looking into zip containers (.xlsx, .docx, .ods) without being harmed by them.

Sizes are measured by inflating, never taken from the headers: a bomb lies about them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kheo.core.errors import InvalidInput

_STEP = 1 << 20
_RATIO_FLOOR = 4 << 20  # small files of repeated text compress well and harm nobody


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Bytes after unpacking, how many times larger than packed, and number of members."""

    unpacked: int = 200 << 20
    ratio: int = 200
    members: int = 5_000


class Archive:
    """A zip file in memory whose members are read under one common limit."""

    def __init__(self, data: bytes, limits: ArchiveLimits | None = None) -> None:
        self._data = data
        self._limits = limits or ArchiveLimits()
        self._spent = 0
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as container:
                infos = container.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise InvalidInput(code="file_damaged") from error
        if len(infos) > self._limits.members:
            raise InvalidInput(code="file_zip_bomb")
        if any(info.flag_bits & 1 for info in infos):
            raise InvalidInput(code="file_encrypted")
        self._members = {info.filename: info for info in infos}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return one member; raises InvalidInput when it is damaged or too large."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield one member in pieces, counting what it really unpacks to."""
        info = self._members[name]
        packed = self._packed(info)
        if info.compress_type == zipfile.ZIP_STORED:
            self._spend(len(packed))
            yield packed
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise InvalidInput(code="file_damaged")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        size = 0
        while not inflater.eof:
            try:
                piece = inflater.decompress(packed, _STEP)
            except zlib.error as error:
                raise InvalidInput(code="file_damaged") from error
            packed = inflater.unconsumed_tail
            if not piece and not packed and not inflater.eof:
                raise InvalidInput(code="file_damaged")
            size += len(piece)
            self._spend(len(piece))
            yield piece
        if size != info.file_size:
            raise InvalidInput(code="file_damaged")

    def check(self) -> None:
        """Unpack every member once; raises InvalidInput for a bomb or a damaged file."""
        for name in self._members:
            for _ in self.chunks(name):
                pass

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        start = info.header_offset
        header = self._data[start : start + 30]
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise InvalidInput(code="file_damaged")
        name_length = int.from_bytes(header[26:28], "little")
        extra_length = int.from_bytes(header[28:30], "little")
        begin = start + 30 + name_length + extra_length
        packed = self._data[begin : begin + info.compress_size]
        if len(packed) != info.compress_size:
            raise InvalidInput(code="file_damaged")
        return packed

    def _spend(self, size: int) -> None:
        self._spent += size
        allowed = max(_RATIO_FLOOR, self._limits.ratio * len(self._data))
        if self._spent > min(self._limits.unpacked, allowed):
            raise InvalidInput(code="file_zip_bomb")
