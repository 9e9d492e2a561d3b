"""`kheo doctor`: names what is wrong, hides what is secret, ends with the right status."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from kheo.audit.actions import record
from kheo.config import checkup
from kheo.core.models import Job


def doctor() -> tuple[int, dict]:
    out, status = io.StringIO(), 0
    try:
        call_command("doctor", "--json", stdout=out)
    except SystemExit as stop:
        status = int(stop.code or 0)
    return status, json.loads(out.getvalue())


def finding(answer: dict, name: str) -> dict:
    return next(check for check in answer["checks"] if check["name"] == name)


@pytest.fixture
def log(cast, settings):
    settings.KHEO_HOME.mkdir(exist_ok=True)
    for number in range(4):
        record.record("documents.register", cast.decision, by=cast.officer, title=f"Lần {number}")


def sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_it_works(log):
    status, answer = doctor()
    assert (status, answer["problems"]) == (0, 0)
    assert "4 dòng" in finding(answer, "Nhật ký")["words"]


def test_exactly_the_tampered_row_is_named(log):
    sql("UPDATE audit_entry SET actor_name = 'Người khác' WHERE id = 2")
    status, answer = doctor()
    assert status == 1
    assert finding(answer, "Nhật ký")["lines"] == ["dòng 2 đã bị sửa sau khi ghi"]


def test_a_deleted_middle_is_named(log):
    sql("DELETE FROM audit_entry WHERE id = 3")
    assert finding(doctor()[1], "Nhật ký")["lines"] == ["thiếu từ dòng 3"]


def test_a_cut_off_tail_is_named(log):
    sql("DELETE FROM audit_entry WHERE id = 4")
    assert finding(doctor()[1], "Nhật ký")["lines"] == ["nhật ký bị cắt ở cuối, lẽ ra còn dòng 4"]


def test_an_interrupted_job_is_named(log):
    Job.objects.create(kind="thử", title="Nhập tệp mô hình", state=Job.State.INTERRUPTED)
    assert "Nhập tệp mô hình" in finding(doctor()[1], "Việc nền")["lines"][0]


def test_a_job_that_waits_too_long_is_a_problem(log):
    job = Job.objects.create(kind="thử", title="Chờ", state=Job.State.QUEUED)
    Job.objects.filter(pk=job.pk).update(queued_at=timezone.now() - checkup.LONG_WAIT * 2)
    status, answer = doctor()
    assert (status, finding(answer, "Việc nền")["state"]) == (1, "problem")


def test_a_folder_that_is_not_there_is_a_problem(log, settings, tmp_path):
    settings.KHEO_HOME = tmp_path / "không có"
    assert finding(doctor()[1], "Thư mục dữ liệu")["state"] == "problem"


def test_a_short_key_is_a_problem(log, settings):
    settings.SECRET_KEY = "ngắn"
    assert finding(doctor()[1], "Khóa bí mật")["state"] == "problem"


def test_a_misspelt_variable_is_told(log, monkeypatch):
    monkeypatch.setenv("KHEO_PROT", "8001")
    assert "KHEO_PROT" in finding(doctor()[1], "Cấu hình")["words"]


def test_secrets_are_masked(log, monkeypatch):
    monkeypatch.setenv("KHEO_SECRET_KEY", "khóa-rất-kín")
    monkeypatch.setenv("KHEO_EMAIL_URL", "smtp+tls://nguoi:matkhau@thu.example.vn:587")
    text = json.dumps(doctor()[1], ensure_ascii=False)
    assert "khóa-rất-kín" not in text
    assert "matkhau" not in text
    assert "nguoi:********@thu.example.vn:587" in text


def test_a_broken_check_does_not_stop_the_others(log, monkeypatch):
    def broken(name: str) -> checkup.Finding:
        raise RuntimeError("hỏng")

    monkeypatch.setattr(checkup, "CHECKS", (("Hỏng", broken), *checkup.CHECKS))
    status, answer = doctor()
    assert status == 1
    assert len(answer["checks"]) == len(checkup.CHECKS)
