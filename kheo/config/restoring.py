"""Restoring a backup: everything is checked first, then put in place at once; the old data is kept."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tarfile
import tempfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from kheo.config import postgres
from kheo.config.archives import FOLDERS, FORMAT, MANIFEST, STEP, Place
from kheo.config.journal import STAGE, Journal, take_back
from kheo.core.errors import DomainError

MANIFEST_LIMIT = 200 << 20


@dataclass(frozen=True)
class Restored:
    """What was put in place: the backup's instant, how many members, where the old data went."""

    at: str
    files: int
    old: Path | None


def restore(source: Path, place: Place, *, force: bool = False) -> Restored:
    """Put the backup in place. Raises DomainError and changes nothing when anything about it is wrong.

    Refuses an installation that holds data, unless `force`; even then SQLite and files are moved to
    a folder `truoc-khoi-phuc-…` beside them. Nothing else may be using the data meanwhile.
    """
    if not source.is_file():
        raise DomainError(f"Không có tệp {source}.")
    if holds_data(place) and not force:
        raise DomainError("Nơi khôi phục đã có dữ liệu. Kiểm tra KHEO_HOME và DATABASE_URL; nếu đúng là muốn thay, thêm --force.")
    place.home.mkdir(parents=True, exist_ok=True)
    take_back(place.home)
    with tempfile.TemporaryDirectory(prefix=STAGE, dir=place.home) as folder:
        stage = Path(folder)
        manifest = unpack(source, stage)
        _check_fits(manifest, place)
        _check_database(stage / place.database_member, place)
        old = _swap(stage, place)
    return Restored(str(manifest["at"]), len(manifest["members"]), old)


def unpack(source: Path, stage: Path) -> dict[str, Any]:
    """Unpack into an empty folder and compare every member with the manifest, which is returned."""
    sums: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, mode="r|gz") as archive:
            for member in archive:
                name = _safe_name(member)
                body = archive.extractfile(member)
                if body is None or name in sums:
                    raise DomainError(f"Bản sao lưu có mục không hợp lệ: {name[:100]}.")
                if name == MANIFEST:
                    manifest = json.loads(body.read(MANIFEST_LIMIT))
                else:
                    sums[name] = _unpack_one(body, stage / name)
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError) as error:
        raise DomainError(f"Tệp {source.name} hỏng hoặc chưa chép xong ({error}). Dùng một bản sao lưu khác.") from error
    return _checked(manifest, sums, source)


def _checked(manifest: dict[str, Any] | None, sums: dict[str, dict[str, Any]], source: Path) -> dict[str, Any]:
    if not isinstance(manifest, dict) or not isinstance(manifest.get("members"), dict):
        raise DomainError(f"Tệp {source.name} không có danh mục ở cuối: bị cắt cụt hoặc không phải bản sao lưu của Khéo.")
    if manifest.get("format") != FORMAT:
        raise DomainError(f"Bản sao lưu theo khuôn dạng {manifest.get('format')}, phần mềm này chỉ đọc khuôn dạng {FORMAT}. Nâng cấp phần mềm trước.")
    members = manifest["members"]
    wrong = sorted(name for name in members.keys() | sums.keys() if members.get(name) != sums.get(name))
    if wrong:
        shown = ", ".join(wrong[:5])
        raise DomainError(f"{len(wrong)} mục trong bản sao lưu không khớp mã kiểm tra hoặc bị thiếu: {shown}. Dùng một bản sao lưu khác.")
    return manifest


def holds_data(place: Place) -> bool:
    """True when the place has people in its database or uploaded files."""
    if any(path.is_file() for name in FOLDERS for path in place.folder(name).rglob("*")):
        return True
    if not place.is_sqlite:
        with connection.cursor() as cursor:
            if "accounts_user" not in connection.introspection.table_names(cursor):
                return False
            cursor.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)")
            return bool(cursor.fetchone()[0])
    path = Path(str(place.database["NAME"]))
    if not path.is_file():
        return False
    with closing(sqlite3.connect(path)) as database:
        try:
            return bool(database.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)").fetchone()[0])
        except sqlite3.OperationalError:  # no such table: nothing in it yet
            return False
        except sqlite3.DatabaseError:  # a damaged file may still hold something worth keeping
            return True


def _safe_name(member: tarfile.TarInfo) -> str:
    parts = PurePosixPath(member.name).parts
    known = member.name in {"database.sqlite3", "database.dump", "secret-key", MANIFEST} or (len(parts) > 1 and parts[0] in FOLDERS)
    if not member.isreg() or not known or ".." in parts or member.name.startswith("/"):
        raise DomainError(f"Bản sao lưu có mục không hợp lệ: {member.name[:100]}. Không khôi phục gì.")
    return member.name


def _unpack_one(body: Any, target: Path) -> dict[str, Any]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        while piece := body.read(STEP):
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    target.chmod(0o600 if target.name == "secret-key" else 0o640)
    return {"sha256": digest.hexdigest(), "size": size}


def _check_fits(manifest: dict[str, Any], place: Place) -> None:
    engine = "sqlite" if place.is_sqlite else "postgresql"
    if manifest.get("engine") != engine or place.database_member not in manifest["members"]:
        raise DomainError(f"Bản sao lưu là của {manifest.get('engine')}, nơi khôi phục dùng {engine}. Đặt DATABASE_URL cho khớp.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    unknown = sorted(set(manifest.get("migrations", [])) - known)
    if unknown:
        raise DomainError(f"Bản sao lưu được tạo bởi phiên bản mới hơn (có {unknown[0]}). Nâng cấp phần mềm rồi khôi phục.")


def _check_database(path: Path, place: Place) -> None:
    if not place.is_sqlite:
        postgres.check(path)
        return
    with closing(sqlite3.connect(path)) as database:
        try:
            answer = database.execute("PRAGMA quick_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            answer = str(error)
    if answer != "ok":
        raise DomainError(f"Cơ sở dữ liệu trong bản sao lưu bị hỏng: {answer}.")


def _swap(stage: Path, place: Place) -> Path | None:
    """Move the old away and the new in; when a step fails, every step before it is taken back."""
    old = place.home / f"truoc-khoi-phuc-{timezone.localtime():%Y%m%d-%H%M%S-%f}"
    journal = Journal(place.home)
    try:
        for origin, target in _targets(stage, place):
            for existing in [target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))]:
                if existing.exists():
                    journal.move(existing, old / existing.name)
            if origin.exists():
                journal.move(origin, target)
        if not place.is_sqlite:
            connection.close()
            postgres.restore(place.database, stage / place.database_member)
    except BaseException:
        take_back(place.home)
        raise
    journal.close()
    return old if old.exists() else None


def _targets(stage: Path, place: Place) -> list[tuple[Path, Path]]:
    pairs = [(stage / name, place.folder(name)) for name in FOLDERS]
    if (stage / "secret-key").exists():
        pairs.append((stage / "secret-key", place.home / "secret-key"))
    if place.is_sqlite:
        connection.close()
        pairs.append((stage / place.database_member, Path(str(place.database["NAME"]))))
    return pairs
