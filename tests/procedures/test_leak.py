"""Plant a thousand identifiers in an export and look for them everywhere they must not be."""

from __future__ import annotations

import io
import logging
import re

import pytest
from django.db import connection

from kheo.core import datasets
from kheo.core.files.archives import Archive
from kheo.procedures.actions import import_results, receive
from kheo.procedures.models import Batch
from tests.procedures import exports
from tests.procedures.exports import BIRTH, dossier

pytestmark = pytest.mark.django_db


def planted() -> list[str]:
    """A thousand identifiers: names, telephones, identity numbers, addresses, e-mails, plates."""
    names = [f"Nguyễn Thị Bí Mật{chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]
    phones = [f"09{n:02d}777{n:03d}" for n in range(250)]
    ids = [f"0382{n % 100:02d}99{n:04d}" for n in range(250)]
    return [*names, *phones, *ids, *(f"số nhà {n}/77 ngõ kín" for n in range(100)), *(f"rieng{n}@bimat.example.vn" for n in range(150)), *(f"36B1-{n:03d}.77" for n in range(50))]


def rows(secrets: list[str]) -> list[list]:
    """Each secret in a column of its kind, in the reason, and some in wrong columns."""
    found = []
    for n, secret in enumerate(secrets):
        row = dossier(n + 1, reason=f"Chờ bổ sung, liên hệ ông {secret}" if n % 2 else f"{secret} chưa đến nhận")
        row[5], row[6] = secret, secrets[-n]
        if re.fullmatch(r"0\d{9}", secret):
            row[7] = secret
        if n % 50 == 7:
            row[8] = secret  # a date column shifted by one
        if n % 50 == 9:
            row[12] = secret  # the state
        if n % 50 == 11:
            row[3] = f"{BIRTH[1]} cho ông {secret}"
        if n % 50 == 13:
            row[1] = secret
        found.append(row)
    return found


def everything_in_the_database() -> str:
    """Every value of every table of the room, of jobs and of the audit log, as text."""
    out = io.StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("procedures_", "core_", "audit_", "django_tasks")):
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    out.write(repr(row))
    return out.getvalue()


def leaks(text: str, secrets: list[str]) -> list[str]:
    return [secret for secret in secrets if secret in text]


def test_a_thousand_identifiers_are_found_nowhere(bring, client, signed_in, one_stop, cast, november, settings, caplog, django_capture_on_commit_callbacks):
    from kheo.core import jobs

    secrets = planted()
    assert len(secrets) == 1000
    data = exports.xlsx(rows(secrets), after=[["Người lập biểu", secrets[0]]], sheet="HoSo", more={"Ghi chú riêng": [["Họ tên"], [secrets[1]]]})
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        done = bring(data=data, filename=f"ket-xuat-{secrets[250]}-{secrets[500]}.xlsx", good_rows=True)
        assert done.report["accepted"] > 900
        batch = receive.receive(data + b"\0", f"{secrets[251]}.xlsx", unit=cast.wards["bac-son"], period=november, origin=None, by=one_stop)
        jobs.run(jobs.enqueue("procedures.check", "Kiểm tra", by=one_stop, batch=batch.pk).pk)
    assert leaks(everything_in_the_database(), secrets) == []
    assert leaks(str(done.report), secrets) == []
    assert leaks(caplog.text, secrets) == []
    base = "/thu-tuc-hanh-chinh/"
    public = [f"{base}{path}" for path in ("", "ho-so/", "ho-so/?page=2", "ho-so/?ket_qua=late", "thong-ke/", "danh-muc/", f"lo/{done.batch.pk}/")]
    shown = "".join(client.get(address).content.decode() for address in public)
    shown += str(list(datasets.find("ket-qua-tthc").rows()))
    desk = signed_in(one_stop)
    shown += "".join(desk.get(f"/ban-lam-viec{base}{path}").content.decode() for path in ("", f"lo/{done.batch.pk}/", f"lo/{batch.pk}/", "danh-muc/"))
    assert leaks(shown, secrets) == []
    marked = Batch.objects.get(pk=batch.pk).marked_file
    archive = Archive(marked.read() if marked else done.marked)
    assert leaks("".join(archive.read(name).decode("utf-8", "ignore") for name in archive.names), secrets) == []


def test_a_backup_does_not_carry_the_files_that_pass(bring, settings, cast, one_stop, november):
    from kheo.config import archives

    receive.receive(exports.xlsx(exports.several()), "a.xlsx", unit=cast.wards["ba-dinh"], period=november, origin=None, by=one_stop)
    passing = settings.KHEO_HOME / "passing"
    assert any(path.is_file() for path in passing.rglob("*"))
    place = archives.here()
    assert not any(passing.is_relative_to(place.folder(name)) for name in archives.FOLDERS)


def test_an_import_keeps_no_copy_of_the_file(bring, settings):
    bring()
    assert not list((settings.KHEO_HOME / "passing").rglob("*.xlsx"))
    assert import_results.unchanged("0" * 64, unit=Batch.objects.get().unit, period=Batch.objects.get().period, origin=None, good_rows=False) is None
