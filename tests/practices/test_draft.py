from __future__ import annotations

import threading
import unicodedata
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from kheo.audit.models import Entry
from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.practices.actions import draft
from kheo.practices.models import Practice
from kheo.practices.policy import KeyHolder
from tests import cast as cast_module
from tests.cast import practice
from tests.practices.form import filled


def test_it_works(cast):
    made = draft.save_draft(None, {"title": "Khu dân cư", "starts_on": "mai"}, by=cast.registrant, cycle=cast.cycle)
    made.refresh_from_db()
    assert made.draft == {"title": ["Khu dân cư"], "starts_on": ["mai"]}
    assert (made.state, made.title, made.starts_on, made.registered_by) == ("draft", "Khu dân cư", None, cast.registrant)
    assert Entry.objects.filter(verb="practices.open_draft").count() == 1


def test_saving_again_changes_the_words_only(cast):
    made = draft.save_draft(None, {"title": "Một"}, by=cast.registrant, cycle=cast.cycle)
    draft.save_draft(made, {"title": "Hai"}, by=cast.registrant)
    made.refresh_from_db()
    assert made.draft == {"title": ["Hai"]}
    assert made.version == 1
    assert Entry.objects.filter(verb="practices.open_draft").count() == 1


def test_words_are_stored_composed_and_without_invisible_signs(cast):
    made = draft.save_draft(None, {"title": unicodedata.normalize("NFD", "Ủy ban\u200b\x00")}, by=cast.registrant, cycle=cast.cycle)
    made.refresh_from_db()
    assert made.draft == {"title": ["Ủy ban"]}


def test_unsent_changes_of_a_returned_one_leave_the_columns(cast):
    made = practice(cast, state="returned")
    draft.save_draft(made, {"title": "Tên mới"}, by=cast.registrant)
    made.refresh_from_db()
    assert (made.title, made.draft) == ("Khu dân cư không có hộ nghèo", {"title": ["Tên mới"]})


def test_a_stranger_may_not(cast):
    made = draft.save_draft(None, {}, by=cast.registrant, cycle=cast.cycle)
    with pytest.raises(Refused):
        draft.save_draft(made, {"title": "x"}, by=cast.outsider)
    with pytest.raises(Refused):
        draft.save_draft(made, {"title": "x"}, by=KeyHolder(uuid4()))


def test_too_large_is_told(cast):
    with pytest.raises(InvalidInput, match="201"):
        draft.save_draft(None, {"content": "x" * 201_500}, by=cast.registrant, cycle=cast.cycle)
    assert not Practice.objects.exists()


def test_what_was_sent_meanwhile_is_not_overwritten(cast):
    made = practice(cast, state="returned")
    Practice.objects.filter(pk=made.pk).update(state="submitted")
    with pytest.raises(Conflict):
        draft.save_draft(made, {"title": "x"}, by=cast.registrant)


def test_autosave_of_anybody(cast, client):
    address = reverse("practices:draft", args=[key := uuid4()])
    answer = client.post(address, filled(cast, starts_on="không biết"))
    assert answer.status_code == 200
    assert ":" in answer.json()["saved_at"]
    made = Practice.objects.get(access_key=key)
    assert made.draft["starts_on"] == ["không biết"]
    assert made.registered_by is None
    page = client.get(reverse("practices:registration", args=[key])).content.decode()
    assert "không biết" in page
    assert "Phân công đảng viên giúp từng hộ." in page
    assert 'name="goals-0-statement" value="Hộ nghèo"' in page


def test_the_draft_is_offered_again_in_the_same_browser(cast, client):
    key = uuid4()
    client.post(reverse("practices:draft", args=[key]), filled(cast))
    assert str(key) in client.get(reverse("practices:register")).content.decode()


def test_autosave_after_sending_says_so(cast, client):
    made = practice(cast, state="submitted")
    answer = client.post(reverse("practices:draft", args=[made.access_key]), filled(cast))
    assert answer.status_code == 409
    assert Practice.objects.get(pk=made.pk).draft is None


def test_save_draft_button_without_script(cast, client):
    key = uuid4()
    address = reverse("practices:registration", args=[key])
    answer = client.post(address, filled(cast, save="1"))
    assert answer.status_code == 302
    assert answer.url == address


def test_add_a_row_without_script(cast, client):
    key = uuid4()
    posted = filled(cast) | {"add-goals": "1"}
    page = client.post(reverse("practices:registration", args=[key]), posted).content.decode()
    assert 'name="goals-1-statement"' in page
    assert 'value="Hộ nghèo"' in page
    assert "govuk-error-summary" not in page


def test_unknown_address(cast, client):
    assert client.get(reverse("practices:registration", args=[uuid4()])).status_code == 404


def test_anonymous_programs_are_slowed_down(cast, client, monkeypatch):
    from kheo.core import limits as shared
    from kheo.practices.views.public import limits

    monkeypatch.setitem(limits.LIMITS, "begin", 3)
    monkeypatch.setattr(shared, "_address", lambda request: "this test only")
    codes = [client.post(reverse("practices:draft", args=[uuid4()]), filled(cast)).status_code for _n in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert Practice.objects.count() == 3


def test_a_filled_trap_is_not_saved(cast, client):
    assert client.post(reverse("practices:draft", args=[uuid4()]), filled(cast, website="http://x")).status_code == 429
    assert not Practice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_first_saves_at_once_make_one_draft():
    cast = cast_module.assemble()
    key, failures = uuid4(), []

    def save() -> None:
        try:
            draft.save_draft(None, {"title": "Một"}, by=KeyHolder(key), cycle=cast.cycle, key=key)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=save) for _n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Practice.objects.filter(access_key=key).count() == 1
