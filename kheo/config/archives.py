"""Backups: the database, the uploaded files and the secret key in one .tar.gz with checksums.

The archive holds `database.sqlite3` or `database.dump` (pg_dump's custom format), `secret-key`,
`media/…`, `private/…` and, as its last member, `manifest.json` with the SHA-256 of each of them. An
archive without its manifest was cut off. Words here are Vietnamese: only the command line shows them.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kheo.config import postgres
from kheo.core.errors import DomainError

FORMAT = 1
MANIFEST = "manifest.json"
FOLDERS = ("media", "private")
STEP = 1 << 20
LAST_BACKUP = "last-backup.json"


@dataclass(frozen=True)
class Place:
    """Where an installation keeps its things; `database` is Django's dict of connection settings."""

    home: Path
    media: Path
    private: Path
    database: dict[str, Any]

    @property
    def is_sqlite(self) -> bool:
        """True for an SQLite file, False for PostgreSQL."""
        return str(self.database["ENGINE"]).endswith("sqlite3")

    @property
    def database_member(self) -> str:
        """The name of the database inside the archive."""
        return "database.sqlite3" if self.is_sqlite else "database.dump"

    def folder(self, name: str) -> Path:
        """The folder of uploaded files of that name."""
        return self.media if name == "media" else self.private


def here() -> Place:
    """This installation."""
    return Place(Path(settings.KHEO_HOME), Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT), connection.settings_dict)


@dataclass(frozen=True)
class Written:
    """What a backup holds."""

    path: Path
    size: int
    files: int


class _Hashing(io.RawIOBase):
    """A file that is hashed while the archive reads it."""

    def __init__(self, source: io.BufferedIOBase) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, counted into the digest."""
        piece = self.source.read(size)
        self.digest.update(piece)
        return piece


def back_up(target: Path, place: Place, *, overwrite: bool = False) -> Written:
    """Write a backup of `place` to `target` (a folder: a dated name in it) while the site runs.

    The database is copied first as of one instant; files written later only add to it. The archive
    gets its name when it is complete; it is readable by its owner alone, for it holds everything.
    """
    target = _target(target, place, overwrite)
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            files = _write(out, place)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(target)
    except OSError as error:
        raise DomainError(f"Không ghi được bản sao lưu {target} ({error.strerror or error}).") from error
    finally:
        partial.unlink(missing_ok=True)
    written = Written(target, target.stat().st_size, files)
    note = {"at": timezone.now().isoformat(), "path": str(target), "size": written.size}
    (place.home / LAST_BACKUP).write_text(json.dumps(note), encoding="utf-8")
    return written


def last_backup(home: Path) -> dict[str, Any] | None:
    """When and where the last backup was written ({"at", "path", "size"}); None when never."""
    try:
        note = json.loads((home / LAST_BACKUP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) and {"at", "path"} <= note.keys() else None


def _target(target: Path, place: Place, overwrite: bool) -> Path:
    target = target.expanduser().resolve()
    if target.is_dir():
        target /= f"kheo-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz"
    for folder in FOLDERS:
        if target.is_relative_to(place.folder(folder).resolve()):
            raise DomainError(f"Không sao lưu vào thư mục dữ liệu {place.folder(folder)}. Chọn nơi khác, tốt nhất là ổ đĩa khác.")
    if not target.parent.is_dir():
        raise DomainError(f"Không có thư mục {target.parent}. Tạo thư mục này trước hoặc chọn nơi khác.")
    if target.exists() and not overwrite:
        raise DomainError(f"Đã có tệp {target}. Chọn tên khác, hoặc thêm --force để ghi đè.")
    return target


def _write(out: Any, place: Place) -> int:
    sums: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix=".sao-luu-", dir=place.home) as folder, tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
        copy = Path(folder) / place.database_member
        _copy_database(copy, place)
        _add(archive, copy, place.database_member, sums)
        if (place.home / "secret-key").is_file():
            _add(archive, place.home / "secret-key", "secret-key", sums)
        for name in FOLDERS:
            root = place.folder(name)
            for path in _files(root):
                _add(archive, path, f"{name}/{path.relative_to(root).as_posix()}", sums)
        manifest = {
            "format": FORMAT, "at": timezone.now().isoformat(), "engine": "sqlite" if place.is_sqlite else "postgresql",
            "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()), "members": sums,
        }
        body = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mtime, info.mode = len(body), int(timezone.now().timestamp()), 0o600
        archive.addfile(info, io.BytesIO(body))
    return len(sums)


def _files(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def _add(archive: tarfile.TarFile, path: Path, name: str, sums: dict[str, dict[str, Any]]) -> None:
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return  # deleted since the folder was listed
    with source:
        info = archive.gettarinfo(arcname=name, fileobj=source)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        hashing = _Hashing(source)
        archive.addfile(info, hashing)
        sums[name] = {"sha256": hashing.digest.hexdigest(), "size": info.size}


def _copy_database(copy: Path, place: Place) -> None:
    if not place.is_sqlite:
        postgres.dump(place.database, copy)
        return
    source_path = Path(str(place.database["NAME"]))
    if not source_path.is_file():
        raise DomainError(f"Không có cơ sở dữ liệu {source_path}. Kiểm tra KHEO_HOME.")
    with closing(sqlite3.connect(source_path, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
