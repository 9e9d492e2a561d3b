from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kheo.audit.models import Entry
from kheo.core import jobs
from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.core.models import Job
from kheo.documents.models import Document
from kheo.practices.actions import recognize as recognizing
from kheo.practices.models import Practice, Recognition
from tests import cast as cast_module
from tests.practices import scenes

DECISION = {
    "decision-number": "25-QĐ/ĐU", "decision-kind": "Quyết định", "decision-title": "Công nhận mô hình",
    "decision-issuer": "Đảng ủy phường Bỉm Sơn", "decision-issued_on": "20/11/2023",
    "decision-signer": "Người ký", "decision-signer_title": "Bí thư",
}  # fmt: skip


def test_it_works(cast):
    practice = scenes.evaluated(cast, 85, 88)
    done = recognizing.recognize(practice, document=cast.decision, by=cast.leader)
    assert done.state == "recognized"
    assert str(done.recognition.final_points) == "86.50"
    assert done.recognition.decided_on == cast.decision.issued_on
    entry = Entry.objects.get(verb="practices.recognize")
    assert entry.details["points"] == "86.50"
    assert cast.decision.number in entry.details["document"]


def test_refused_with_one_evaluation(cast):
    practice = cast_module.practice(cast, state="evaluating")
    scenes.sheet(practice, cast.evaluator, 95)
    with pytest.raises(InvalidInput, match="2"):
        recognizing.recognize(practice, document=cast.decision, by=cast.leader)


def test_the_least_number_of_evaluators_is_data(cast):
    practice = scenes.evaluated(cast)
    cast.criteria["collective"].minimum_evaluators = 3
    cast.criteria["collective"].save()
    with pytest.raises(InvalidInput, match="3"):
        recognizing.recognize(practice, document=cast.decision, by=cast.leader)


def test_refused_below_the_threshold(cast):
    with pytest.raises(InvalidInput):
        recognizing.recognize(scenes.evaluated(cast, 79, 80), document=cast.decision, by=cast.leader)
    assert not Recognition.objects.exists()


def test_exactly_the_threshold_is_enough(cast):
    assert recognizing.recognize(scenes.evaluated(cast, 79, 81), document=cast.decision, by=cast.leader).state == "recognized"


@pytest.mark.parametrize("who", ["officer", "evaluator", "registrant", "editor", "outsider", "officer_elsewhere"])
def test_refused_for_others(cast, who):
    with pytest.raises(Refused):
        recognizing.recognize(scenes.evaluated(cast), document=cast.decision, by=getattr(cast, who))


def test_refused_in_a_closed_cycle(cast):
    practice = scenes.evaluated(cast)
    cast.cycle.closed_at = timezone.now()
    cast.cycle.save()
    with pytest.raises(Refused):
        recognizing.recognize(Practice.objects.get(pk=practice.pk), document=cast.decision, by=cast.leader)


def test_the_second_leader_is_told_who_was_first(cast):
    practice = scenes.evaluated(cast)
    seen = practice.version
    recognizing.recognize(practice, document=cast.decision, by=cast.leader, expected_version=seen)
    with pytest.raises(Conflict, match="Lãnh đạo duyệt"):
        recognizing.recognize(practice, document=cast.decision, by=cast.leader, expected_version=seen)


def test_a_whole_list(cast):
    practices = [scenes.evaluated(cast, title=f"Mô hình {n}") for n in range(4)]
    assert len(recognizing.recognize_many(practices, document=cast.decision, by=cast.leader)) == 4
    assert Recognition.objects.filter(decision=cast.decision).count() == 4
    assert Entry.objects.filter(verb="practices.recognize").count() == 4


def test_a_list_with_one_below_changes_nothing(cast):
    practices = [scenes.evaluated(cast, title="Đạt"), scenes.evaluated(cast, 50, 50, title="Không đạt")]
    with pytest.raises(InvalidInput, match="Không đạt"):
        recognizing.recognize_many(practices, document=cast.decision, by=cast.leader)
    assert not Recognition.objects.exists()
    assert not Practice.objects.filter(state="recognized").exists()
    assert not Entry.objects.filter(verb="practices.recognize").exists()


def test_choose_preview_confirm(cast, signed_in):
    practices = [scenes.evaluated(cast, title=f"Mô hình {n}") for n in range(3)]
    below = scenes.evaluated(cast, 40, 40, title="Chưa đủ điểm")
    client, address = signed_in(cast.leader), reverse("practices_desk:recognize")
    assert "Chưa đủ điểm" in client.get(address).content.decode()
    preview = client.post(address, {"practice": [p.pk for p in [*practices, below]], **DECISION})
    words = preview.content.decode()
    assert "Mô hình 2" in words
    assert "Chưa đủ điểm" not in words
    assert not Recognition.objects.exists()
    confirmed = {"practice": [p.pk for p in practices], "confirm": "1", **DECISION} | {f"version-{p.pk}": p.version for p in practices}
    assert client.post(address, confirmed).status_code == 302
    assert Recognition.objects.filter(decision__number="25-QĐ/ĐU").count() == 3


def test_a_confirmed_list_that_somebody_changed_meanwhile_changes_nothing(cast, signed_in):
    practices = [scenes.evaluated(cast, title=f"Mô hình {n}") for n in range(2)]
    versions = {f"version-{p.pk}": p.version for p in practices}
    recognizing.recognize(practices[1], document=cast.decision, by=cast.leader)
    answer = signed_in(cast.leader).post(
        reverse("practices_desk:recognize"), {"practice": [p.pk for p in practices], "confirm": "1", **DECISION, **versions}, follow=True
    )
    assert "Lãnh đạo duyệt" in answer.content.decode()
    assert Practice.objects.get(pk=practices[0].pk).state == "evaluating"


def test_a_decision_without_a_signer_is_refused_on_the_page(cast, signed_in):
    practice = scenes.evaluated(cast)
    answer = signed_in(cast.leader).post(reverse("practices_desk:recognize"), {"practice": practice.pk, **DECISION, "decision-signer": ""})
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert not Document.objects.filter(number="25-QĐ/ĐU").exists()


@pytest.mark.parametrize("who", ["officer", "evaluator", "registrant"])
def test_the_page_is_for_leaders(cast, signed_in, who):
    assert signed_in(getattr(cast, who)).get(reverse("practices_desk:recognize")).status_code == 403


def test_the_page_asks_no_more_for_many(cast, signed_in, django_assert_max_num_queries):
    client, address = signed_in(cast.leader), reverse("practices_desk:recognize")
    scenes.evaluated(cast, title="Mô hình đầu")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(12):
        scenes.evaluated(cast, title=f"Mô hình {n}")
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_long_list_is_done_behind_the_page(cast):
    practices = [scenes.evaluated(cast, title=f"Mô hình {n}") for n in range(3)]
    job = Job.objects.create(
        kind="practices.recognize_many", title="x", by_id=cast.leader.pk,
        arguments={"practices": [[p.pk, p.version] for p in practices], "document": cast.decision.pk},
    )
    done = jobs.run(job.pk)
    assert (done.state, done.result["recognized"]) == ("done", 3)
    assert Recognition.objects.count() == 3


def test_a_long_list_that_fails_says_why_and_changes_nothing(cast):
    practices = [scenes.evaluated(cast, title="Đạt"), scenes.evaluated(cast, 10, 10, title="Không đạt")]
    job = Job.objects.create(
        kind="practices.recognize_many", title="x", by_id=cast.leader.pk,
        arguments={"practices": [[p.pk, p.version] for p in practices], "document": cast.decision.pk},
    )
    done = jobs.run(job.pk)
    assert done.state == "failed"
    assert "Không đạt" in done.error
    assert not Recognition.objects.exists()
