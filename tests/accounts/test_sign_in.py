from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kheo.accounts.models import User

LOGIN = "/tai-khoan/login/"


def sign_in(client, login, password="canbo"):
    return client.post(LOGIN, {"login": login, "password": password})


@pytest.mark.parametrize("login", ["canbo", "CanBo", "canbo@example.vn", "CANBO@EXAMPLE.VN"])
def test_it_works(cast, client, login):
    assert sign_in(client, login)["Location"] == "/ban-lam-viec/"


@pytest.mark.parametrize(("login", "password"), [("canbo", "sai"), ("khongco", "canbo"), ("canbo@example.vn", "sai"), ("canbo", "CANBO")])
def test_wrong(cast, client, login, password):
    answer = sign_in(client, login, password)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "_auth_user_id" not in client.session


def test_user_names_differ_by_more_than_case(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("CANBO", "x", full_name="A")


@pytest.mark.parametrize("logins", [["canbo"] * 5, ["canbo", "CANBO", "Canbo", "cAnbo", "canBO"]])
def test_locked_after_five_wrong_passwords(cast, client, settings, logins):
    settings.AXES_ENABLED = True
    for login in logins:
        answer = sign_in(client, login, "sai")
    assert answer.status_code == 429
    answer = sign_in(client, "canbo")
    assert answer.status_code == 429
    text = answer.content.decode()
    assert "15" in text
    assert reverse("account_reset_password") in text
    assert "_auth_user_id" not in client.session


def test_lock_by_email(cast, client, settings):
    settings.AXES_ENABLED = True
    for _n in range(5):
        sign_in(client, "canbo@example.vn", "sai")
    assert sign_in(client, "canbo@example.vn").status_code == 429


def test_others_are_not_locked(cast, client, settings):
    settings.AXES_ENABLED = True
    for _n in range(5):
        sign_in(client, "canbo", "sai")
    assert sign_in(client, "lanhdao", "lanhdao").status_code == 302


def test_next_stays_on_the_site(cast, client):
    answer = client.post(LOGIN, {"login": "canbo", "password": "canbo", "next": "https://example.com/"})
    assert answer["Location"] == "/ban-lam-viec/"


@pytest.mark.parametrize("address", ["/quan-tri/login/", "/quan-tri/login/?next=/quan-tri/"])
def test_wagtail_has_no_door_of_its_own(cast, client, address):
    answer = client.post(address, {"username": "quantri", "password": "quantri"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)
    assert "_auth_user_id" not in client.session


def test_change_of_password_ends_other_sessions(cast, client):
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/ban-lam-viec/")
    cast.officer.set_password("Trời-xanh-2026")
    cast.officer.save()
    assert client.get("/ban-lam-viec/").status_code == 302
