from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from kheo.core.errors import Conflict, Refused
from kheo.practices.actions import approve, return_, start
from kheo.practices.models import Practice
from kheo.practices.queries import public
from tests import cast as cast_module
from tests.cast import practice


def page(made: Practice, verb: str = "approve") -> str:
    return reverse(f"practices_desk:{verb}", args=[made.pk])


@pytest.mark.parametrize("who", ["officer", "leader"])
def test_it_works(cast, who, django_capture_on_commit_callbacks):
    made = practice(cast)
    assert made not in public()
    with django_capture_on_commit_callbacks(execute=True):
        approve.approve(made, by=getattr(cast, who), expected_version=1)
    made.refresh_from_db()
    assert made.state == "listed"
    assert made.published_at is not None
    assert made in public()
    assert made.receipt_number in mail.outbox[0].body  # to the person who registered it


def test_records_of_the_past_bring_no_letters(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = approve.approve(practice(cast), by=cast.officer, at=datetime(2023, 4, 1, tzinfo=UTC))
    assert made.transitions.get().at.year == 2023
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["registrant", "outsider", "evaluator", "auditor", "editor", "officer_elsewhere"])
def test_others_may_not(cast, who):
    with pytest.raises(Refused):
        approve.approve(practice(cast), by=getattr(cast, who))


@pytest.mark.parametrize("state", ["draft", "returned", "listed", "running", "withdrawn"])
def test_not_in_other_states(cast, state):
    with pytest.raises(Refused):
        approve.approve(practice(cast, state=state), by=cast.officer)


def test_at_the_desk_with_a_look_at_similar_ones(cast, signed_in):
    older = practice(cast, state="running")
    made = practice(cast)
    client = signed_in(cast.officer)
    assert older.get_state_display() in client.get(page(made)).content.decode()
    assert client.post(page(made), {"version": "1"}).status_code == 302
    assert Practice.objects.get(pk=made.pk).state == "listed"
    assert client.get(page(made)).status_code == 403  # the back button: it is listed already


def test_start(cast, signed_in):
    made = practice(cast, state="listed")
    assert signed_in(cast.registrant).post(page(made, "start"), {"version": "1"}).status_code == 302
    assert Practice.objects.get(pk=made.pk).state == "running"
    with pytest.raises(Refused):
        start.start(made, by=cast.officer)
    with pytest.raises(Refused):
        start.start(practice(cast, state="listed"), by=cast.leader)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_one_wins():
    cast = cast_module.assemble()
    made = practice(cast)
    results: list[str] = []

    def act(call) -> None:
        try:
            call()
            results.append("done")
        except Conflict as error:
            results.append(str(error))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=act, args=[lambda: approve.approve(made, by=cast.leader, expected_version=1)]),
        threading.Thread(target=act, args=[lambda: return_.return_(made, "Thiếu", by=cast.officer, expected_version=1)]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("done") == 1
    made.refresh_from_db()
    assert made.transitions.count() == 1
    winner = "Lãnh đạo duyệt" if made.state == "listed" else "Cán bộ tổng hợp"
    assert winner in next(words for words in results if words != "done")
