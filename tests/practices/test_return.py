from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.practices.actions import approve, return_
from kheo.practices.models import Practice
from tests.cast import practice


def page(made: Practice) -> str:
    return reverse("practices_desk:return", args=[made.pk])


def test_it_works(cast, django_capture_on_commit_callbacks):
    made = practice(cast, contact_email="khupho1@example.vn")
    with django_capture_on_commit_callbacks(execute=True):
        return_.return_(made, "Ô số 8 chưa có chỉ tiêu", by=cast.officer, expected_version=1)
    made.refresh_from_db()
    assert (made.state, made.version) == ("returned", 2)
    assert made.messages.get().text == "Ô số 8 chưa có chỉ tiêu"
    assert made.messages.get().kind == "remark"
    assert mail.outbox[0].to == ["khupho1@example.vn"]
    assert str(made.access_key) in mail.outbox[0].body
    assert "Ô số 8 chưa có chỉ tiêu" in mail.outbox[0].body


def test_a_reason_is_demanded(cast):
    made = practice(cast)
    with pytest.raises(InvalidInput):
        return_.return_(made, "  \n ", by=cast.officer)
    assert Practice.objects.get(pk=made.pk).state == "submitted"


@pytest.mark.parametrize("who", ["registrant", "outsider", "evaluator", "leader", "auditor", "officer_elsewhere"])
def test_others_may_not(cast, who):
    with pytest.raises(Refused):
        return_.return_(practice(cast), "Thiếu", by=getattr(cast, who))


@pytest.mark.parametrize("state", ["draft", "returned", "listed", "recognized", "withdrawn"])
def test_not_in_other_states(cast, state):
    with pytest.raises(Refused):
        return_.return_(practice(cast, state=state), "Thiếu", by=cast.officer)


def test_who_comes_second_is_told_who_was_first(cast):
    made = practice(cast)
    approve.approve(made, by=cast.leader, expected_version=1)
    with pytest.raises(Conflict, match="Lãnh đạo duyệt"):
        return_.return_(made, "Thiếu", by=cast.officer, expected_version=1)


def test_a_mail_server_that_is_away_undoes_nothing(cast, settings, django_capture_on_commit_callbacks, monkeypatch):
    def away(self) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    made = practice(cast, contact_email="khupho1@example.vn")
    with django_capture_on_commit_callbacks(execute=True):
        return_.return_(made, "Thiếu", by=cast.officer)
    assert Practice.objects.get(pk=made.pk).state == "returned"


def test_at_the_desk(cast, signed_in):
    made = practice(cast)
    client = signed_in(cast.officer)
    assert client.get(page(made)).status_code == 200
    empty = client.post(page(made), {"reason": "", "version": "1"})
    assert empty.status_code == 200
    assert "govuk-error-summary" in empty.content.decode()
    answer = client.post(page(made), {"reason": "Thiếu ô số 8", "version": "1"})
    assert answer.status_code == 302
    assert answer.url == reverse("practices_desk:detail", args=[made.pk])


def test_a_second_officer_at_the_desk_reads_who_did_what(cast, signed_in):
    made = practice(cast)
    approve.approve(made, by=cast.leader)
    answer = signed_in(cast.officer).post(page(made), {"reason": "Thiếu", "version": "1"}, follow=True)
    assert "Lãnh đạo duyệt" in answer.content.decode()
    assert Practice.objects.get(pk=made.pk).state == "listed"


def test_a_double_press_returns_once(cast, signed_in):
    made = practice(cast)
    client = signed_in(cast.officer)
    for _press in range(2):
        assert client.post(page(made), {"reason": "Thiếu", "version": "1"}).status_code == 302
    assert made.messages.count() == 1


def test_the_page_hides_from_others(cast, client, signed_in):
    made = practice(cast)
    assert client.get(page(made)).status_code == 302
    assert signed_in(cast.officer_elsewhere).get(page(made)).status_code == 404
    assert signed_in(cast.registrant).get(page(made)).status_code == 403
    assert signed_in(cast.evaluator).get(page(made)).status_code == 404


def test_a_reason_typed_before_the_session_ended_comes_back(cast, client):
    made = practice(cast)
    client.post(page(made), {"reason": "Một lý do rất dài", "version": "1"})
    kept = dict(client.session.items())
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session.update(kept)
    session.save()
    assert "Một lý do rất dài" in client.get(page(made)).content.decode()
