from __future__ import annotations

import pytest
from django.urls import reverse

from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions import add_evidence as adding
from tests import cast as cast_module
from tests.practices import scenes


def kept(cast, state="running", name="a.jpg", data=None, **more):
    practice = cast_module.practice(cast, state=state, **more)
    return adding.add_evidence(practice, data or scenes.photo(), name, by=cast.officer)


def file_of(evidence):
    return reverse("practices:evidence", args=[evidence.pk])


def test_it_works(cast, client):
    evidence = kept(cast)
    assert client.get(file_of(evidence)).status_code == 404
    adding.publish_evidence(evidence, public=True, alt="Tuyến đường hoa", by=cast.editor)
    answer = client.get(file_of(evidence))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_hidden_again(cast, client):
    evidence = kept(cast)
    adding.publish_evidence(evidence, public=True, alt="Ảnh", by=cast.officer)
    adding.publish_evidence(evidence, public=False, by=cast.officer)
    assert client.get(file_of(evidence)).status_code == 404


def test_a_public_file_of_a_returned_practice_is_nowhere(cast, client):
    evidence = kept(cast)
    adding.publish_evidence(evidence, public=True, alt="Ảnh", by=cast.officer)
    type(evidence.practice).objects.filter(pk=evidence.practice_id).update(state="returned")
    assert client.get(file_of(evidence)).status_code == 404


def test_those_who_see_the_practice_see_the_file(cast, signed_in):
    evidence = kept(cast)
    assert signed_in(cast.leader).get(file_of(evidence)).status_code == 200
    assert signed_in(cast.officer_elsewhere).get(file_of(evidence)).status_code == 404


def test_a_text_file_is_a_download(cast, signed_in):
    evidence = kept(cast, name="bao-cao.txt", data="Kết quả".encode())
    answer = signed_in(cast.officer).get(file_of(evidence))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"


def test_refused_with_findings(cast):
    evidence = kept(cast, name="ds.txt", data=b"CCCD 038075001234")
    with pytest.raises(InvalidInput):
        adding.publish_evidence(evidence, public=True, alt="Danh sách", by=cast.officer)


def test_refused_without_a_description(cast):
    with pytest.raises(InvalidInput) as refusal:
        adding.publish_evidence(kept(cast), public=True, by=cast.officer)
    assert refusal.value.field == "alt"


def test_refused_when_the_description_carries_a_number(cast):
    with pytest.raises(InvalidInput):
        adding.publish_evidence(kept(cast), public=True, alt="Gọi 0912345678", by=cast.officer)


@pytest.mark.parametrize("who", ["registrant", "evaluator", "officer_elsewhere", "outsider"])
def test_refused_for_others(cast, who):
    evidence = kept(cast)
    with pytest.raises(Refused):
        adding.publish_evidence(evidence, public=True, alt="Ảnh", by=getattr(cast, who))
