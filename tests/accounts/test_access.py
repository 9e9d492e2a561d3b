"""The door of the desk: who comes in, and that nothing written is lost at it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from kheo.accounts.models import Position, Role
from kheo.accounts.views import access

HOME = "/ban-lam-viec/"
PASSWORD = {"login": "quantri", "password": "quantri"}


@pytest.fixture
def open_url(cast):
    return reverse("accounts_desk:open_account")


def test_it_works(cast, signed_in):
    assert signed_in(cast.officer).get(HOME).status_code == 200


def test_anonymous_goes_to_sign_in_and_back(client, cast, open_url):
    answer = client.get(open_url + "?a=1")
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={open_url.replace('/', '%2F')}%3Fa%3D1"
    back = client.post(answer["Location"], {**PASSWORD, "next": open_url + "?a=1"})
    assert back["Location"] == open_url + "?a=1"


def test_htmx_moves_the_whole_page(client, cast):
    answer = client.get(HOME, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith(reverse("account_login"))


def test_without_position_says_why(cast, signed_in):
    answer = signed_in(cast.outsider).get(HOME)
    assert answer.status_code == 403
    assert str(access.NO_POSITION) in answer.content.decode()


def test_other_role_says_why(cast, signed_in, open_url):
    assert signed_in(cast.officer).get(open_url).status_code == 403


def test_half_filled_form_survives_the_end_of_the_session(client, cast, open_url):
    answer = client.post(open_url, {"full_name": "Cán bộ “mới” <b>", "username": "", "csrfmiddlewaretoken": "x"})
    assert answer.status_code == 302
    client.post(reverse("account_login"), {**PASSWORD, "next": open_url})
    page = client.get(open_url)
    text = page.content.decode()
    assert "Cán bộ “mới” &lt;b&gt;" in text
    assert str(access.KEPT_BANNER) in text
    again = client.get(open_url).content.decode()
    assert "Cán bộ “mới”" not in again


def test_passwords_are_not_kept(client, cast, open_url):
    client.post(open_url, {"full_name": "A", "password1": "bi-mat", "csrfmiddlewaretoken": "khoa"})
    kept = client.session[access.SESSION_KEY]["data"]
    assert "bi-mat" not in kept
    assert "khoa" not in kept


def test_very_long_posts_are_not_kept(client, cast, open_url):
    client.post(open_url, {"full_name": "a" * (access.MOST_KEPT + 1)})
    assert access.SESSION_KEY not in client.session


def test_kept_words_are_for_one_address(client, cast, open_url):
    client.post(open_url, {"full_name": "Chỉ ở đây"})
    client.post(reverse("account_login"), PASSWORD)
    assert "Chỉ ở đây" not in client.get(reverse("accounts_desk:person", args=[cast.officer.pk])).content.decode()
    assert "Chỉ ở đây" in client.get(open_url).content.decode()


def test_kept_words_grow_old(client, cast, open_url, time_machine):
    client.post(open_url, {"full_name": "Đã cũ"})
    client.post(reverse("account_login"), PASSWORD)
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=access.KEPT_SECONDS + 1))
    assert "Đã cũ" not in client.get(open_url).content.decode()


def midnight_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(0, 0), dt.timezone(dt.timedelta(hours=7)))


def test_session_ends_with_the_position_at_midnight(client, cast, time_machine):
    end = dt.date(2026, 12, 1)
    Position.objects.filter(user=cast.officer).update(valid_to=end)
    time_machine.move_to(midnight_of(end) - dt.timedelta(seconds=2), tick=False)
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(HOME).status_code == 200
    time_machine.move_to(midnight_of(end), tick=False)
    answer = client.get(HOME, follow=True)
    assert answer.redirect_chain[0][0].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_position_begins_at_midnight(client, cast, time_machine):
    start = dt.date(2026, 12, 1)
    Position.objects.create(user=cast.outsider, role=Role.RECEIVER, organization=cast.bim_son, valid_from=start)
    time_machine.move_to(midnight_of(start) - dt.timedelta(seconds=2), tick=False)
    client.force_login(cast.outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(HOME).status_code == 403
    time_machine.move_to(midnight_of(start), tick=False)
    assert client.get(HOME).status_code == 200


def test_words_survive_the_end_of_a_position(client, cast, open_url, time_machine):
    end = dt.date(2026, 12, 1)
    Position.objects.filter(user=cast.admin, organization=cast.bim_son).update(valid_to=end)
    time_machine.move_to(midnight_of(end) - dt.timedelta(seconds=2), tick=False)
    client.force_login(cast.admin, backend="django.contrib.auth.backends.ModelBackend")
    client.get(open_url)
    time_machine.move_to(midnight_of(end), tick=False)
    assert client.post(open_url, {"full_name": "Viết dở"}).status_code == 302
    client.post(reverse("account_login"), {**PASSWORD, "next": open_url})
    assert "Viết dở" in client.get(open_url).content.decode()


def test_a_new_position_does_not_end_the_session(client, cast):
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get(HOME)
    Position.objects.create(user=cast.officer, role=Role.LEADER, organization=cast.bim_son, valid_from=dt.date(2020, 1, 1))
    assert client.get(HOME).status_code == 200
