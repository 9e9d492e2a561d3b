"""Backup and restore: a round trip, and everything that must be refused before anything is touched."""

from __future__ import annotations

import dataclasses
import io
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from kheo.accounts.models import User
from kheo.config import archives, journal, postgres, restoring
from kheo.core.errors import DomainError

SALT = b"muoi cua mot ngay, 32 byte la du"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(settings, tmp_path) -> archives.Place:
    if connection.vendor == "postgresql" and postgres.tool("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    User.objects.create(username="giulai", full_name="Người giữ lại")
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "ảnh").mkdir()
    (settings.MEDIA_ROOT / "ảnh" / "một.jpg").write_bytes(b"\xff\xd8anh")
    settings.PRIVATE_ROOT.mkdir()
    (settings.PRIVATE_ROOT / "minh-chung.pdf").write_bytes(b"%PDF")
    (tmp_path / "secret-key").write_text("k" * 60)
    (tmp_path / "visits" / "salts").mkdir(parents=True)
    (tmp_path / "visits" / "salts" / "20261125").write_bytes(SALT)
    return archives.here()


@pytest.fixture
def archive(place, tmp_path_factory) -> Path:
    return archives.back_up(tmp_path_factory.mktemp("bak") / "kheo.tar.gz", place).path


@pytest.fixture
def elsewhere(place, tmp_path_factory) -> archives.Place:
    """An empty place; with PostgreSQL the same database, for a test has only one."""
    home = tmp_path_factory.mktemp("moi")
    database = {**place.database, "NAME": home / "kheo.sqlite3"} if place.is_sqlite else place.database
    return dataclasses.replace(place, home=home, media=home / "media", private=home / "private", database=database)


def names(place: archives.Place) -> list[str]:
    if not place.is_sqlite:
        return list(User.objects.values_list("username", flat=True))
    with closing(sqlite3.connect(place.database["NAME"])) as database:
        return [row[0] for row in database.execute("SELECT username FROM accounts_user")]


def rewritten(archive: Path, change) -> Path:
    """A copy of the archive whose members pass through change(name, body) → body or None to leave out."""
    copy = archive.with_name("sua.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(copy, "w:gz") as new:
        for member in old:
            body = change(member.name, old.extractfile(member).read())
            if body is not None:
                member.size = len(body)
                new.addfile(member, io.BytesIO(body))
    return copy


def refused(source: Path, place: archives.Place, words: str, **more) -> None:
    with pytest.raises(DomainError, match=words):
        restoring.restore(source, place, force=more.get("force", not place.is_sqlite))
    assert not (place.media / "ảnh").exists()
    assert [path.name for path in place.home.iterdir() if path.name.startswith((".khoi", "truoc"))] == []


def test_it_works(archive, place, elsewhere):
    assert archive.stat().st_mode & 0o077 == 0
    User.objects.create(username="sau", full_name="Người đến sau")
    done = restoring.restore(archive, elsewhere, force=not place.is_sqlite)
    assert names(elsewhere) == ["giulai"]
    assert (elsewhere.media / "ảnh" / "một.jpg").read_bytes() == b"\xff\xd8anh"
    assert (elsewhere.private / "minh-chung.pdf").read_bytes() == b"%PDF"
    assert (elsewhere.home / "secret-key").read_text() == "k" * 60
    assert done.files == 4


def test_the_salts_of_visits_stay_out(archive):
    """A salt that was destroyed must not live on in an old archive: none ever gets in."""
    with tarfile.open(archive) as packed:
        for member in packed:
            assert "salt" not in member.name
            assert SALT not in packed.extractfile(member).read()


def test_the_last_backup_is_remembered(archive, place):
    assert archives.last_backup(place.home)["path"] == str(archive)


def test_a_place_with_data_is_refused_without_force(archive, elsewhere):
    elsewhere.media.mkdir()
    (elsewhere.media / "cũ.txt").write_text("cũ")
    refused(archive, elsewhere, "đã có dữ liệu", force=False)
    assert (elsewhere.media / "cũ.txt").read_text() == "cũ"


def test_with_force_the_old_data_is_kept_beside(archive, elsewhere):
    elsewhere.media.mkdir()
    (elsewhere.media / "cũ.txt").write_text("cũ")
    done = restoring.restore(archive, elsewhere, force=True)
    assert done.old is not None
    assert (done.old / "media" / "cũ.txt").read_text() == "cũ"
    assert not (elsewhere.media / "cũ.txt").exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has partitions")
def test_partitions_are_put_back_too(place, elsewhere, tmp_path_factory):
    """As those of the results of procedures: their keys cannot be dropped one by one."""
    def run(sql: str) -> list[tuple]:
        with connection.cursor() as cursor:  # a new one each time: a restore closes the connection
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    run("CREATE TABLE thu_phan (id int, nam int, PRIMARY KEY (id, nam)) PARTITION BY LIST (nam)")
    run("CREATE TABLE thu_phan_2023 PARTITION OF thu_phan FOR VALUES IN (2023)")
    run("INSERT INTO thu_phan VALUES (1, 2023)")
    try:
        archive = archives.back_up(tmp_path_factory.mktemp("phan") / "kheo.tar.gz", place).path
        run("INSERT INTO thu_phan VALUES (2, 2023)")
        restoring.restore(archive, elsewhere, force=True)
        assert run("SELECT id FROM thu_phan_2023") == [(1,)]
    finally:
        run("DROP TABLE IF EXISTS thu_phan CASCADE")
    assert names(elsewhere) == ["giulai"]


def test_a_changed_member_is_refused(archive, elsewhere):
    bad = rewritten(archive, lambda name, body: b"%PDX" if name.endswith(".pdf") else body)
    refused(bad, elsewhere, "minh-chung.pdf")


def test_a_missing_member_is_refused(archive, elsewhere):
    refused(rewritten(archive, lambda name, body: None if name.endswith(".jpg") else body), elsewhere, "không khớp")


def test_an_archive_without_manifest_is_refused(archive, elsewhere):
    refused(rewritten(archive, lambda name, body: None if name == "manifest.json" else body), elsewhere, "cắt cụt")


def test_a_cut_off_archive_is_refused(archive, elsewhere):
    short = archive.with_name("ngan.tar.gz")
    short.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    refused(short, elsewhere, "hỏng hoặc chưa chép xong")


def test_another_file_is_refused(archive, elsewhere):
    other = archive.with_name("khac.tar.gz")
    other.write_bytes(b"not a backup")
    refused(other, elsewhere, "hỏng")


def test_a_member_that_climbs_out_is_refused(archive, elsewhere):
    bad = archive.with_name("leo.tar.gz")
    with tarfile.open(bad, "w:gz") as out:
        out.addfile(tarfile.TarInfo("media/../../leo.txt"), io.BytesIO())
    refused(bad, elsewhere, "không hợp lệ")


def test_a_backup_of_a_newer_version_is_refused(archive, elsewhere):
    def newer(name: str, body: bytes) -> bytes:
        if name != "manifest.json":
            return body
        manifest = json.loads(body)
        manifest["migrations"].append("accounts.9999_future")
        return json.dumps(manifest).encode()

    refused(rewritten(archive, newer), elsewhere, "9999_future")


def test_a_failing_step_takes_everything_back(archive, elsewhere, monkeypatch):
    elsewhere.media.mkdir()
    (elsewhere.media / "cũ.txt").write_text("cũ")
    real, count = shutil.move, []

    def failing(origin, target):
        count.append(origin)
        if len(count) == 3:
            raise OSError("đầy ổ đĩa")
        return real(origin, target)

    monkeypatch.setattr(journal.shutil, "move", failing)
    with pytest.raises(OSError, match="đầy ổ đĩa"):
        restoring.restore(archive, elsewhere, force=True)
    assert (elsewhere.media / "cũ.txt").read_text() == "cũ"
    assert not (elsewhere.media / "ảnh").exists()


def test_an_existing_file_is_not_overwritten(archive, place):
    with pytest.raises(DomainError, match="--force"):
        archives.back_up(archive, place)
    assert archives.back_up(archive, place, overwrite=True).files == 4


def test_a_backup_into_the_data_is_refused(place):
    with pytest.raises(DomainError, match="thư mục dữ liệu"):
        archives.back_up(place.media / "x.tar.gz", place)


def test_a_missing_folder_is_told(place, tmp_path):
    with pytest.raises(DomainError, match="Không có thư mục"):
        archives.back_up(tmp_path / "không" / "x.tar.gz", place)


def test_a_restore_cut_off_is_taken_back(archive, place, elsewhere, monkeypatch):
    """Killed after any of its moves: the next start finds everything as it was before."""
    if not place.is_sqlite:
        pytest.skip("PostgreSQL restores in one transaction of its own")
    restoring.restore(archive, elsewhere)
    (elsewhere.media / "ảnh" / "hai.jpg").write_bytes(b"sau")
    before = sorted(str(p.relative_to(elsewhere.home)) for p in elsewhere.home.rglob("*") if p.is_file())

    class Killed(BaseException):
        pass

    monkeypatch.setattr(restoring, "take_back", lambda home: False)  # a killed process takes nothing back
    for made in range(1, 6):
        moves = []
        plain = journal.Journal.move

        def move(self, origin, target, moves=moves, made=made, plain=plain):
            if len(moves) == made:
                raise Killed
            plain(self, origin, target)
            moves.append(target)

        with monkeypatch.context() as patched:
            patched.setattr(journal.Journal, "move", move)
            with pytest.raises(Killed):
                restoring.restore(archive, elsewhere, force=True)
        assert journal.take_back(elsewhere.home)
        assert not journal.take_back(elsewhere.home)
        now = sorted(str(p.relative_to(elsewhere.home)) for p in elsewhere.home.rglob("*") if p.is_file())
        assert now == before
