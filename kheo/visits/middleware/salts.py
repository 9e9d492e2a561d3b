"""The day's salt: 32 random bytes in a file all processes of the machine share.

Files and not database rows, so that no backup and no replica ever holds one. When the day is closed
the file is deleted, and nobody can compute that day's hashes again, not even with the address in hand.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from kheo.core.files.first import first

BYTES = 32


class Salts:
    """Salts in a folder; remembers the last one used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: tuple[bytes, bytes] | None = None

    def of(self, day: bytes) -> bytes:
        """The salt of a day (``b"20261125"``), made by whoever asks first."""
        last = self._last
        if last is not None and last[0] == day:
            return last[1]
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        salt = first(self.folder / day.decode("ascii"), lambda: secrets.token_bytes(BYTES))
        self._last = (day, salt)
        return salt

    def destroy(self, day: bytes) -> bool:
        """Overwrite and delete the salt of a day; True when there was one."""
        path = self.folder / day.decode("ascii")
        try:
            with path.open("r+b") as file:
                file.write(bytes(BYTES))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return False
        return True

    def days(self) -> list[bytes]:
        """Days that still have a salt."""
        if not self.folder.is_dir():
            return []
        return sorted(p.name.encode() for p in self.folder.iterdir() if p.name.isdigit())


def visitor(salt: bytes, site: int, address: str, agent: str) -> bytes:
    """The visitor of that day on that site: 64 bits of keyed BLAKE2b, in hexadecimal."""
    text = f"{site}|{address}|{agent}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(text, key=salt, digest_size=8).hexdigest().encode()
