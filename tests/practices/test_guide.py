from __future__ import annotations

from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.practices.actions import answer, edit_summary, guide
from kheo.practices.models import Practice
from kheo.practices.policy import KeyHolder
from kheo.practices.queries import public
from tests.cast import practice


def test_it_works(cast, django_capture_on_commit_callbacks):
    made = practice(cast, state="running", contact_email="khupho1@example.vn")
    with django_capture_on_commit_callbacks(execute=True):
        guide.guide(made, "Nên ghi rõ số hộ.\u200b", by=cast.officer)
    answer.answer(made, "Đã bổ sung.", by=cast.registrant)
    answer.answer(made, "Gửi thêm ảnh.", by=KeyHolder(made.access_key, "Khu phố 1"))
    assert list(made.messages.values_list("kind", "text", "by_name")) == [
        ("guidance", "Nên ghi rõ số hộ.", "Cán bộ tổng hợp"),
        ("answer", "Đã bổ sung.", "Đại diện Khu phố 1"),
        ("answer", "Gửi thêm ảnh.", "Khu phố 1"),
    ]
    assert "Nên ghi rõ số hộ." in mail.outbox[0].body


@pytest.mark.parametrize("who", ["registrant", "outsider", "evaluator", "officer_elsewhere"])
def test_others_may_not_guide(cast, who):
    with pytest.raises(Refused):
        guide.guide(practice(cast), "Nên…", by=getattr(cast, who))


@pytest.mark.parametrize("who", ["officer", "outsider", "leader"])
def test_only_the_registering_side_answers(cast, who):
    with pytest.raises(Refused):
        answer.answer(practice(cast), "Vâng", by=getattr(cast, who))
    with pytest.raises(Refused):
        answer.answer(practice(cast), "Vâng", by=KeyHolder(uuid4()))


@pytest.mark.parametrize("words", ["", " \n\u200b ", "x" * 5_001, "x" * 10_000_000])
def test_nothing_and_far_too_much(cast, words):
    with pytest.raises(InvalidInput):
        guide.guide(practice(cast), words, by=cast.officer)


def test_at_the_desk(cast, signed_in):
    made = practice(cast, state="running")
    address = reverse("practices_desk:guide", args=[made.pk])
    client = signed_in(cast.officer)
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "<script>x</script>"}).status_code == 302
    reply = reverse("practices_desk:answer", args=[made.pk])
    page = signed_in(cast.registrant).get(reply).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page
    assert client.post(reply, {"text": "Đã rõ"}).status_code == 302
    assert made.messages.count() == 2


def test_with_the_secret_address(cast, client):
    made = practice(cast, registered_by=None)
    address = reverse("practices:answer", args=[made.access_key])
    assert client.get(address).status_code == 302
    assert client.post(address, {"text": ""}).status_code == 200
    assert client.post(address, {"text": "Xin hỏi"}).status_code == 302
    assert made.messages.get().by_name.startswith("Khu phố 1")
    assert client.post(reverse("practices:answer", args=[uuid4()]), {"text": "Xin hỏi"}).status_code == 404


def test_the_summary(cast, signed_in):
    made = practice(cast, state="listed")
    edit_summary.edit_summary(made, "Mười hộ thoát nghèo.", by=cast.editor, expected_version=1)
    assert public().filter(folded__contains="muoi ho thoat ngheo").exists()
    with pytest.raises(Conflict):
        edit_summary.edit_summary(made, "Khác", by=cast.officer, expected_version=1)
    with pytest.raises(Refused):
        edit_summary.edit_summary(made, "Khác", by=cast.registrant)
    with pytest.raises(Refused):
        edit_summary.edit_summary(practice(cast), "Chưa duyệt", by=cast.editor)
    address = reverse("practices_desk:edit_summary", args=[made.pk])
    page = signed_in(cast.editor).get(address).content.decode()
    assert "Mười hộ thoát nghèo." in page


def test_an_unchanged_summary_changes_nothing(cast):
    made = practice(cast, state="listed", summary="Cũ")
    edit_summary.edit_summary(made, "Cũ", by=cast.editor)
    assert Practice.objects.get(pk=made.pk).version == 1
