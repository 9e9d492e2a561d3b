"""Issuing freezes; later changes of data never alter what was issued."""

from __future__ import annotations

import hashlib
import os
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from kheo.audit.models import Entry
from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.practices.models import Practice
from kheo.reports.actions import check, issue, sweep_files
from kheo.reports.models import Issue, IssueFile, Report
from kheo.reports.queries import building, checks, compiling
from kheo.reports.rules import freezing
from tests.cast import practice
from tests.indicators import scenes
from tests.reports.addresses import issued, scene

SIGNED = issue.Signed(date(2023, 12, 28))


@pytest.fixture
def checked(cast):
    """A checked annual report whose text uses one figure."""
    made = scene(cast, "2023", "annual")
    made.sections.update(text="Đăng ký {{ mo_hinh.dang_ky }} mô hình, điển hình.")
    return check.check(made, by=cast.officer)


@pytest.fixture
def without_files(monkeypatch):
    """Issue without making the files, where a test is about numbers and reasons."""
    monkeypatch.setattr("kheo.reports.actions.issue.FILES", ())


def test_it_works(cast, checked):
    made = issue.issue(checked, SIGNED, by=cast.leader)
    checked.refresh_from_db()
    assert checked.state == Report.State.ISSUED
    assert made.document.number == "01/BC-UBND"
    assert made.sha256 == freezing.digest(made.content)
    for file in made.files.all():
        assert hashlib.sha256(file.file.read()).hexdigest() == file.sha256
    assert made.files.count() == 6
    assert Entry.objects.filter(verb="reports.issue").count() == 1


def test_later_data_do_not_alter_it(cast, checked):
    made = issue.issue(checked, SIGNED, by=cast.leader)
    before = building.build(cast.bim_son, "annual", building.period_of("2023", "annual"), "pdf").data
    practice(cast, title="Mới thêm", state="running")
    after = building.build(cast.bim_son, "annual", building.period_of("2023", "annual"), "pdf")
    assert after.data == before
    assert after.content["figures"]["mo_hinh.dang_ky"]["value"] == "1"
    assert building.build(cast.bim_son, "annual", building.period_of("2023", "annual"), "pdf", live=True).content["figures"]["mo_hinh.dang_ky"]["value"] == "2"
    made.refresh_from_db()
    assert made.sha256 == freezing.digest(made.content)


def test_a_new_template_does_not_alter_what_was_issued(cast, checked, monkeypatch):
    made = issue.issue(checked, SIGNED, by=cast.leader)
    monkeypatch.setattr("kheo.reports.queries.access.template_of", lambda *a: (b"no template at all", None))
    built = building.build(cast.bim_son, "annual", building.period_of("2023", "annual"), "docx")
    assert hashlib.sha256(built.data).hexdigest() == made.files.get(form="docx", audience="office").sha256


def test_changed_figures_are_told_before_issue(cast, checked):
    practice(cast, title="Mới thêm", state="running")
    with pytest.raises(Conflict) as stop:
        issue.issue(checked, SIGNED, by=cast.leader)
    assert "01 → 02" in str(stop.value.message)
    assert not Issue.objects.exists()


def test_the_second_of_two_people_is_told_who_was_first(cast, checked, without_files):
    issue.issue(Report.objects.get(pk=checked.pk), SIGNED, by=cast.leader)
    with pytest.raises(Conflict) as stop:
        issue.issue(checked, SIGNED, by=cast.leader)
    assert "01/BC-UBND" in str(stop.value.message)
    assert Issue.objects.count() == 1


def test_a_second_press_gives_the_same_issue(cast, checked, without_files):
    import uuid

    key = uuid.uuid4()
    assert issue.issue(checked, SIGNED, by=cast.leader, submission_key=key) == issue.issue(checked, SIGNED, by=cast.leader, submission_key=key)


def test_a_taken_number_is_refused_with_the_next(cast, checked, without_files):
    issue.issue(checked, SIGNED, by=cast.leader)
    other = scene(cast, "2023-H1")
    other.sections.update(text="")
    ready = check.check(other, by=cast.officer)
    with pytest.raises(InvalidInput) as stop:
        issue.issue(ready, issue.Signed(date(2023, 7, 10), 1), by=cast.leader)
    assert stop.value.field == "number"
    assert issue.issue(ready, issue.Signed(date(2023, 7, 10)), by=cast.leader).number == 2


def test_reissue_needs_a_reason_and_shows_the_difference(cast, without_files):
    report = issued(cast)
    again = check.reopen(report, "Bổ sung số liệu tháng 12", by=cast.leader)
    practice(cast, title="Mới thêm", state="running")
    ready = check.check(again, by=cast.officer)
    ready.remark = ""
    ready.save()
    with pytest.raises(InvalidInput):
        issue.issue(ready, SIGNED, by=cast.leader)
    made = issue.issue(ready, issue.Signed(date(2023, 12, 30), reason="Bổ sung số liệu tháng 12"), by=cast.leader)
    first = report.issues.get(serial=1)
    changed = {c.token: (c.before, c.after) for c in freezing.figure_changes(first.content["figures"], made.content["figures"])}
    assert changed["mo_hinh.dang_ky"] == ("01", "02")
    assert made.serial == 2


def test_files_of_a_cut_off_issue_are_swept_and_others_kept(cast, checked):
    made = issue.issue(checked, SIGNED, by=cast.leader)
    kept = made.files.first().file
    lost = kept.storage.save("reports/2023/lost.pdf", ContentFile(b"x"))
    sweep_files.sweep_files()
    assert kept.storage.exists(lost)  # it is of today: an issue may be running
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for name in (lost, kept.name):
        os.utime(kept.storage.path(name), (old, old))
    assert sweep_files.sweep_files() >= 1
    assert not kept.storage.exists(lost)
    assert kept.storage.exists(kept.name)
    os.utime(kept.storage.path(kept.name))


def test_a_refused_issue_is_not_taken_for_a_cut_off_one(cast, checked, monkeypatch):
    monkeypatch.setattr("kheo.reports.actions.issue._files", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        issue.issue(checked, SIGNED, by=cast.leader)
    checked.refresh_from_db()
    assert checked.issuing_at is None


def test_open_rounds_are_told_with_their_place(cast):
    around = scenes.scene(cast)["round"]
    year = str(timezone.localdate().year)
    made = scene(cast, year, "annual")
    found = [f for f in checks.findings(made, list(made.sections.all()), compiling.of_report(made)) if f.code == "round"]
    assert "1/1 đơn vị chưa gửi" in found[0].message
    assert found[0].href == f"/ban-lam-viec/chi-tieu/dot/{around.pk}/"


def test_an_officer_does_not_issue(cast, checked):
    with pytest.raises(Refused):
        issue.issue(checked, SIGNED, by=cast.officer)


def test_a_broken_funnel_stops_the_check(cast):
    made = scene(cast, "2023", "annual")
    Practice.objects.update(state="listed")
    row = Practice.objects.first()
    from kheo.practices.models import Recognition

    Recognition.objects.create(practice=row, decision=cast.decision, decided_on=date(2023, 11, 20))
    found = compiling.of_report(made)
    codes = [f.code for f in checks.findings(made, list(made.sections.order_by("order")), found)]
    assert "funnel" in codes
    with pytest.raises(InvalidInput):
        check.check(made, by=cast.officer)


def test_a_killed_issue_leaves_nothing_and_is_told(cast, checked, monkeypatch, signed_in):
    def killed(*args, **kwargs):
        raise SystemExit(9)

    monkeypatch.setattr("kheo.reports.actions.issue.record.record", killed)
    with pytest.raises(SystemExit):
        issue.issue(checked, SIGNED, by=cast.leader)
    checked.refresh_from_db()
    assert checked.state == Report.State.CHECKED
    assert not Issue.objects.exists()
    assert not IssueFile.objects.exists()
    monkeypatch.undo()
    Report.objects.filter(pk=checked.pk).update(issuing_at=timezone.now() - timedelta(hours=1))
    page = signed_in(cast.leader).get(f"/ban-lam-viec/bao-cao/{checked.pk}/").content.decode()
    assert "ngắt giữa chừng" in page
    assert "chưa dùng số nào" in page
    assert issue.issue(checked, SIGNED, by=cast.leader).number == 1


def test_public_files_name_no_person(cast, without_files):
    practice(cast, title="Gương", state="running", subject="individual", organization=None, organization_text="Nguyễn Văn Kín")
    report = issued(cast)
    made = report.issues.get()
    assert "Nguyễn Văn Kín" in str(made.content)
    assert "Nguyễn Văn Kín" not in str(compiling.for_public(made.content))
