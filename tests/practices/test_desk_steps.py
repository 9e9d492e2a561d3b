"""The short steps at the desk: each works, and each refuses the wrong person, state or empty reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kheo.audit.models import Entry
from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.practices.actions import defer, open_evaluation, recognize, refuse, return_, stop
from kheo.practices.models import Practice
from tests import cast as cast_module
from tests.practices import scenes

# verb: (call, state before, state after, who, reason, decision)
STEPS = {
    "open_evaluation": (open_evaluation.open_evaluation, "proposed", "evaluating", "officer", False, False),
    "send_back": (return_.send_back, "proposed", "running", "officer", True, False),
    "refuse": (refuse.refuse, "evaluating", "not_recognized", "leader", True, False),
    "defer": (defer.defer, "evaluating", "deferred", "leader", True, False),
    "stop": (stop.stop, "running", "stopped", "officer", True, False),
    "name_exemplary": (recognize.name_exemplary, "recognized", "exemplary", "leader", False, True),
    "revoke": (recognize.revoke, "recognized", "revoked", "leader", True, True),
}
WITH_REASON = [verb for verb, step in STEPS.items() if step[4]]
WITH_DECISION = [verb for verb, step in STEPS.items() if step[5]]


def prepared(cast, verb, **more) -> Practice:
    state = STEPS[verb][1]
    return scenes.recognized(cast, **more) if state == "recognized" else cast_module.practice(cast, state=state, **more)


def carry_out(cast, verb, practice, *, by=None, reason="Lý do rõ ràng", **more):
    call, _before, _after, who, with_reason, with_decision = STEPS[verb]
    words = (reason,) if with_reason else ()
    decision = {"document": cast.decision} if with_decision else {}
    return call(practice, *words, by=by or getattr(cast, who), **decision, **more)


@pytest.mark.parametrize("verb", STEPS)
def test_it_works(cast, verb):
    practice = prepared(cast, verb)
    done = carry_out(cast, verb, practice)
    assert done.state == STEPS[verb][2]
    step = practice.transitions.get()
    assert (step.verb, step.from_state, step.to_state) == (verb, STEPS[verb][1], STEPS[verb][2])
    assert Entry.objects.filter(verb=f"practices.{verb}").count() == 1


@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("who", ["outsider", "officer_elsewhere", "evaluator", "auditor", "editor"])
def test_refused_for_others(cast, verb, who):
    practice = prepared(cast, verb)
    with pytest.raises(Refused):
        carry_out(cast, verb, practice, by=getattr(cast, who))
    assert Practice.objects.get(pk=practice.pk).state == STEPS[verb][1]


@pytest.mark.parametrize("verb", STEPS)
def test_refused_in_another_state(cast, verb):
    practice = cast_module.practice(cast, state="submitted")
    with pytest.raises(Refused):
        carry_out(cast, verb, practice)


@pytest.mark.parametrize("verb", WITH_REASON)
def test_refused_without_a_reason(cast, verb):
    with pytest.raises(InvalidInput):
        carry_out(cast, verb, prepared(cast, verb), reason="  ")


@pytest.mark.parametrize("verb", STEPS)
def test_the_second_person_is_told_who_was_first(cast, verb):
    practice = prepared(cast, verb)
    seen = practice.version
    carry_out(cast, verb, practice, expected_version=seen)
    with pytest.raises(Conflict, match=str(getattr(cast, STEPS[verb][3]))):
        carry_out(cast, verb, practice, expected_version=seen)


@pytest.mark.parametrize("verb", STEPS)
def test_the_page_asks_and_does(cast, signed_in, verb):
    practice = prepared(cast, verb)
    client, address = signed_in(getattr(cast, STEPS[verb][3])), reverse(f"practices_desk:{verb}", args=[practice.pk])
    assert client.get(address).status_code == 200
    decision = {
        "decision-number": "30-QĐ/ĐU", "decision-kind": "Quyết định", "decision-title": "Về mô hình", "decision-issuer": "Đảng ủy phường",
        "decision-issued_on": "25/12/2023", "decision-signer": "Người ký", "decision-signer_title": "Bí thư",
    }  # fmt: skip
    answer = client.post(address, {"version": practice.version, "reason": "Lý do rõ ràng", **decision})
    assert answer.status_code == 302
    assert Practice.objects.get(pk=practice.pk).state == STEPS[verb][2]


@pytest.mark.parametrize("verb", WITH_REASON)
def test_the_page_wants_the_reason(cast, signed_in, verb):
    practice = prepared(cast, verb)
    answer = signed_in(getattr(cast, STEPS[verb][3])).post(reverse(f"practices_desk:{verb}", args=[practice.pk]), {"version": practice.version, "reason": " "})
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()


@pytest.mark.parametrize("verb", STEPS)
def test_the_page_is_not_there_for_strangers(cast, signed_in, verb):
    address = reverse(f"practices_desk:{verb}", args=[prepared(cast, verb).pk])
    assert signed_in(cast.officer_elsewhere).get(address).status_code == 404


def test_exemplary_needs_the_points(cast):
    with pytest.raises(InvalidInput, match="90"):
        recognize.name_exemplary(scenes.recognized(cast, "89.99"), document=cast.decision, by=cast.leader)


def test_exemplary_keeps_both_decisions(cast):
    practice = scenes.recognized(cast, "90")
    later = cast_module.document("40-QĐ/ĐU")
    recognize.name_exemplary(practice, document=later, by=cast.leader)
    practice.recognition.refresh_from_db()
    assert (practice.recognition.decision, practice.recognition.exemplary_decision) == (cast.decision, later)


def test_a_revoked_recognition_says_why_and_by_what(cast):
    practice = scenes.recognized(cast, state="exemplary")
    revoking = cast_module.document("50-QĐ/ĐU")
    recognize.revoke(practice, "Số liệu không đúng", document=revoking, by=cast.leader)
    practice.recognition.refresh_from_db()
    assert (practice.recognition.revoked_by, practice.recognition.revoked_reason) == (revoking, "Số liệu không đúng")
    assert practice.recognition.revoked_on == revoking.issued_on
