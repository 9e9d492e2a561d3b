from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kheo.practices.actions import approve, guide, report_progress, return_
from kheo.practices.models import Transition
from kheo.practices.queries import history
from tests import cast as cast_module
from tests.practices import scenes


def page_of(client, practice):
    return client.get(reverse("practices_desk:detail", args=[practice.pk]))


def test_it_works(cast, signed_in):
    practice = cast_module.practice(cast)
    page = page_of(signed_in(cast.officer), practice)
    words = page.content.decode()
    assert practice.title in words
    assert practice.receipt_number in words
    assert {b["href"].split("/")[-2] for b in page.context["buttons"]} >= {"duyet", "tra-lai"}


@pytest.mark.parametrize("who", ["outsider", "officer_elsewhere"])
def test_not_there_for_strangers(cast, signed_in, who):
    assert page_of(signed_in(getattr(cast, who)), cast_module.practice(cast)).status_code in {403, 404}


def test_the_contact_is_for_those_who_need_it(cast, signed_in):
    practice = cast_module.practice(cast, state="evaluating", contact_name="Đầu mối khu phố", contact_phone="0912345678")
    assert "0912345678" in page_of(signed_in(cast.officer), practice).content.decode()
    for who in (cast.evaluator, cast.auditor, cast.editor):
        assert "0912345678" not in page_of(signed_in(who), practice).content.decode()


def test_hostile_words_stay_words(cast, signed_in):
    practice = cast_module.practice(cast, title="<script>alert(1)</script>", content="<img src=x onerror=alert(1)>")
    words = page_of(signed_in(cast.officer), practice).content.decode()
    assert "<script>alert(1)" not in words
    assert "<img src=x" not in words


def test_the_points_of_others_do_not_leak_into_the_page(cast, signed_in):
    practice = cast_module.practice(cast, state="evaluating")
    scenes.sheet(practice, cast.evaluator, 97)
    for who in (cast.evaluator2, cast.registrant):
        assert "97" not in page_of(signed_in(who), practice).content.decode().split("</main>")[0].split("<main")[1]


def test_history_is_plain_sentences(cast):
    practice = cast_module.practice(cast)
    sent = datetime(2023, 3, 1, 8, 0, tzinfo=timezone.get_current_timezone())
    Transition.objects.create(practice=practice, verb="register", from_state="draft", to_state="submitted", by=cast.registrant, by_name=str(cast.registrant), at=sent)
    return_.return_(practice, "Thiếu mục tiêu đo được", by=cast.officer, at=sent + timedelta(days=3))
    lines = history.of(practice)
    assert lines[0].title.startswith("Cán bộ tổng hợp ")
    assert "Thiếu mục tiêu đo được" in lines[0].text
    assert "3" in lines[0].by
    assert lines[1].title.startswith("Đại diện Khu phố 1 ")
    assert lines[1].by == ""


def test_history_knows_more_than_steps(cast):
    practice = cast_module.practice(cast)
    approve.approve(practice, by=cast.officer)
    practice.refresh_from_db()
    guide.guide(practice, "Chụp ảnh trước và sau.", by=cast.officer)
    report_progress.report_progress(
        practice, report_progress.ProgressData(date(2023, 1, 1), date(2023, 3, 1), "Đã vận động"), submission_key=uuid4(), by=cast.registrant
    )
    scenes.with_evidence(practice, by_name="Đại diện Khu phố 1")
    scenes.with_evidence(practice, by_name="Đại diện Khu phố 1", sha256="1" * 64, original_name="b.jpg")
    texts = "\n".join(line.text for line in history.of(practice))
    assert "Chụp ảnh trước và sau." in texts
    assert "Đã vận động" in texts
    assert "anh.jpg, b.jpg" in texts


def test_as_many_queries_for_much_as_for_little(cast, signed_in):
    client = signed_in(cast.leader)

    def filled(reports, files):
        practice = scenes.evaluated(cast, title=f"Mô hình {reports}")
        for n in range(reports):
            practice.progress_reports.create(
                period_from=date(2023, 1, 1), period_to=date(2023, 2, 1), text=f"Kỳ {n}", submission_key=uuid4(), by_name="x", at=timezone.now()
            )
        for n in range(files):
            scenes.with_evidence(practice, sha256=f"{n:064d}")
        return practice

    few, lots = filled(1, 1), filled(12, 12)
    page_of(client, few)
    with CaptureQueriesContext(connection) as little:
        page_of(client, few)
    with CaptureQueriesContext(connection) as much:
        page_of(client, lots)
    assert len(much) == len(little)
