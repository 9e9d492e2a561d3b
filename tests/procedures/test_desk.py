"""The officer's way: upload, what was understood, what people will see, publish."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kheo.core.waiting import waiting_for
from kheo.procedures.actions import rebuild, watch
from kheo.procedures.models import Batch, DossierFact, PeriodTotal, Procedure, Rollup, Source
from tests.procedures import exports
from tests.procedures.exports import dossier

pytestmark = pytest.mark.django_db
DESK = "/ban-lam-viec/thu-tuc-hanh-chinh/"


@pytest.fixture
def upload(signed_in, one_stop, cast):
    def run(rows=None, data=None, name="ket-xuat.xlsx", period="11/2023"):
        client = signed_in(one_stop)
        content = data if data is not None else exports.xlsx(rows if rows is not None else exports.several())
        return client.post(DESK, {"unit": cast.wards["ba-dinh"].pk, "period": period, "scheme": "calendar", "source": "", "file": SimpleUploadedFile(name, content)}, follow=True)

    return run


def test_it_works(upload, signed_in, one_stop, client):
    shown = upload().content.decode()
    batch = Batch.objects.get()
    assert batch.state == "checked"
    assert "Người dân sẽ thấy như thế này" in shown
    assert "Chủ hồ sơ" in shown
    assert not batch.upload
    done = client.post(f"{DESK}lo/{batch.pk}/cong-bo/", follow=True)
    assert "đã được công bố" in done.content.decode()
    assert Batch.objects.get().state == "published"


def test_the_upload_is_gone_after_the_check_and_the_marked_workbook_holds_no_personal_data(upload, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload([dossier(1), dossier(2, received="31/02/2023")])
    batch = Batch.objects.get()
    files = [path for path in (settings.KHEO_HOME / "passing").rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"da-danh-dau-{batch.pk}.xlsx"]
    from kheo.core.spreadsheets.read import open_workbook

    values = [str(value) for sheet in open_workbook(files[0]).sheets for row in sheet.rows for value in row if value]
    assert "31/02/2023" in values
    assert not {"Người nộp hồ sơ", "0912345678", "Khu phố 1"} & set(values)


def test_only_the_good_rows_after_looking(upload, client):
    shown = upload([dossier(1), dossier(2, received="31/02/2023")]).content.decode()
    assert "Chỉ công bố 1 dòng đúng" in shown
    client.post(f"{DESK}lo/{Batch.objects.get().pk}/cong-bo/")
    assert DossierFact.objects.filter(batch__state="published").count() == 1


def test_a_batch_set_aside_leaves_no_dossiers(upload, client):
    upload()
    client.post(f"{DESK}lo/{Batch.objects.get().pk}/bo/")
    assert (Batch.objects.get().state, DossierFact.objects.count(), Rollup.objects.count()) == ("discarded", 0, 0)


def test_other_roles_cannot_publish(upload, signed_in, cast):
    upload()
    pk = Batch.objects.get().pk
    assert signed_in(cast.auditor).post(f"{DESK}lo/{pk}/cong-bo/").status_code == 403
    assert signed_in(cast.officer).post(f"{DESK}lo/{pk}/cong-bo/").status_code == 404


@pytest.mark.parametrize(("data", "name", "words"), [
    (b"", "a.xlsx", "trống"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "mật khẩu"),
    (b"%PDF-1.7", "a.xlsx", "không phải"), (b"PK\x03\x04 nua chung", "a.xlsx", "hỏng"), (b"a;b\n1;2\n", "a.csv", "Mã hồ sơ"),
])
def test_files_that_cannot_be_read_end_in_one_message(upload, data, name, words):
    shown = upload(data=data, name=name).content.decode()
    assert words in shown
    assert not DossierFact.objects.exists()


def test_labels_of_a_system_are_saved_in_words(signed_in, one_stop):
    client = signed_in(one_stop)
    client.post(f"{DESK}nguon/", {"name": "Một cửa tỉnh", "statuses": "HS_KT_02 = Đã xử lý xong", "channels": "", "columns": "Vào sổ = Ngày tiếp nhận"})
    source = Source.objects.get()
    assert (source.statuses, source.columns) == ({"HS_KT_02": "done"}, {"received": ["Vào sổ"]})
    wrong = client.post(f"{DESK}nguon/", {"name": "Khác", "statuses": "X = gì đó"})
    assert "X = gì đó" in wrong.content.decode()


def test_a_waiting_procedure_is_completed_and_counts_from_then_on(bring, signed_in, one_stop):
    bring([dossier(1, due=None)])
    found = Procedure.objects.get()
    assert [w.code for w in waiting_for(one_stop, __import__("datetime").date(2023, 12, 3))] == ["procedures.catalogue"]
    signed_in(one_stop).post(f"{DESK}danh-muc/{found.pk}/", {
        "name": "Đăng ký khai sinh", "field": "Hộ tịch", "limit": "3", "limit_unit": "working_days", "online": "full", "level": "commune",
        "decision": "1/QĐ", "valid_from": "01/01/2022",
    })
    assert Procedure.objects.get().state == "listed"
    bring([dossier(1, due=None), dossier(2)])
    fact = DossierFact.objects.get(code__endswith="0001", batch__state="published")
    assert (fact.due_computed, fact.outcome) == (True, "on_time")


def test_the_owner_is_reminded_of_a_missing_month(bring, one_stop):
    from datetime import date

    bring()
    codes = {w.code: w for w in waiting_for(one_stop, date(2024, 1, 8))}
    assert codes["procedures.missing"].late == 1
    assert "procedures.missing" not in {w.code for w in waiting_for(one_stop, date(2023, 12, 8))}


def test_the_watched_folder(settings, cast):
    import json

    folder = settings.KHEO_HOME / "incoming"
    folder.mkdir(parents=True)
    (folder / "14812@2023-06-01_2023-11_ket-xuat.xlsx").write_bytes(exports.xlsx(exports.several()))
    (folder / "khong-ro.xlsx").write_bytes(exports.xlsx(exports.several()))
    assert watch.take_incoming() == 0  # still being written
    import time

    assert watch.take_incoming(now=time.time() + 120) == 2
    assert Batch.objects.get().state == "published"
    answer = json.loads((folder / "khong-ro.xlsx.json").read_text(encoding="utf-8"))
    assert "Tên tệp" in answer["errors"][0]["message"]
    assert not list(folder.glob("*.xlsx"))


def test_totals_are_compared_with_the_facts_and_rebuilt(bring):
    bring()
    batch = Batch.objects.get()
    assert rebuild.compare(batch) == []
    Rollup.objects.update(early=0)
    assert rebuild.rebuild(batch)
    assert rebuild.compare(batch) == []
    assert rebuild.unequal_periods() == []
    PeriodTotal.objects.update(early=0)
    assert rebuild.rebuild_periods() == [batch.period]
    assert rebuild.unequal_periods() == []
