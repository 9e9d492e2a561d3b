"""Reading the segments of hits: which files there are, their whole lines, packing and deleting them."""

from __future__ import annotations

import fcntl
import gzip
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9]{8}/[^/]+\.log")
PACKED = ".gz"


@dataclass(frozen=True, slots=True)
class File:
    """One segment: its name in the database, its place, and whether it is packed."""

    name: str
    path: Path
    packed: bool

    @property
    def day(self) -> date:
        """The day all its lines belong to."""
        return day_of(self.name)

    @property
    def size(self) -> int:
        """Bytes of a file that is not packed."""
        return self.path.stat().st_size


def home() -> Path:
    """Where hits are kept."""
    return Path(settings.KHEO_HOME) / "visits"


def day_of(name: str) -> date:
    """The day in a segment's name."""
    return date(int(name[:4]), int(name[4:6]), int(name[6:8]))


def files(day: date | None = None, *, packed: bool = False) -> list[File]:
    """The segments of one day or of all days, oldest first; packed ones too when asked."""
    pattern = f"{day:%Y%m%d}" if day else "*"
    found: dict[str, File] = {}
    for path in sorted((home() / "segments").glob(f"{pattern}/*.log*")):
        is_packed = path.name.endswith(PACKED)
        name = f"{path.parent.name}/{path.name.removesuffix(PACKED)}"
        if not _NAME.fullmatch(name) or (is_packed and (not packed or name in found)):
            continue
        found[name] = File(name, path, is_packed)
    return list(found.values())


def read(file: File, offset: int, most: int) -> tuple[bytes, bool]:
    """Whole lines from `offset`, at most about `most` bytes; and whether a torn end was cut off.

    The end of a file without a line end is torn when nobody writes to it any more: it was never
    acknowledged. It comes back as a line of its own, which counts as bad. What comes back is on the
    disk: rollups must not remember lines that a power cut can still take.
    """
    with file.path.open("rb") as source:
        source.seek(offset)
        data = source.read(most)
        os.fdatasync(source.fileno())
    cut = data.rfind(b"\n") + 1
    if cut or not data:
        return data[:cut], False
    if len(data) < most and not being_written(file.path):
        return data, True
    return b"", False


def whole(file: File) -> bytes:
    """Everything in a segment, packed or not, up to its last whole line (or its torn end)."""
    data = gzip.decompress(file.path.read_bytes()) if file.packed else file.path.read_bytes()
    cut = data.rfind(b"\n") + 1
    return data if cut < len(data) and (file.packed or not being_written(file.path)) else data[:cut]


def being_written(path: Path) -> bool:
    """True while a process may still append to it."""
    with path.open("rb") as probe:
        try:
            fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.flock(probe, fcntl.LOCK_UN)
    return False


def pack(file: File) -> bool:
    """Compress a segment in place; False when somebody may still write to it."""
    with file.path.open("rb") as source:
        try:
            fcntl.flock(source, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        trial = file.path.with_name(f".{file.path.name}.{os.getpid()}")
        with trial.open("wb") as out:
            with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packing:
                for block in iter(lambda: source.read(1 << 20), b""):
                    packing.write(block)
            out.flush()
            os.fsync(out.fileno())
        trial.rename(file.path.with_name(file.path.name + PACKED))
        file.path.unlink()
    return True


def delete(file: File) -> bool:
    """Delete a segment nobody writes to; False otherwise."""
    if not file.packed and being_written(file.path):
        return False
    file.path.unlink()
    return True


def blocks(path: Path, step: int = 1 << 22) -> Iterator[bytes]:
    """The content of a log in blocks, unpacked when its first bytes say gzip."""
    with path.open("rb") as probe:
        squeezed = probe.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rb") if squeezed else path.open("rb") as source:
        while block := source.read(step):
            yield block
