from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from kheo.accounts.actions import open_account
from kheo.accounts.models import Position, Role, User
from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused


def opened(cast, *, by=None, **more):
    values = {
        "username": "canbo2", "full_name": "Cán bộ thứ hai", "email": "canbo2@example.vn", "role": Role.RECEIVER,
        "organization": cast.bim_son, "valid_from": date(2026, 1, 1), "by": by or cast.admin,
    }
    return open_account.open_account(**{**values, **more})


def test_it_works(cast, client):
    way = opened(cast)
    person = User.objects.get(username="canbo2")
    assert Position.objects.get(user=person).organization == cast.bim_son
    assert not person.has_usable_password()
    assert [e.verb for e in Entry.objects.filter(object_id=str(person.pk), object_type="accounts.user")] == ["accounts.open_account", "accounts.grant_position"]
    page = client.get(way.path, follow=True)
    done = client.post(page.redirect_chain[-1][0], {"password1": "Trời-xanh-2026", "password2": "Trời-xanh-2026"})
    assert done.status_code == 302
    assert client.login(username="canbo2", password="Trời-xanh-2026")
    assert client.get(way.path, follow=True).context.get("token_fail")


def test_printed_password_opens_the_account(cast, client):
    way = opened(cast, printed=True)
    assert client.login(username="canbo2", password=way.password)
    assert way.password not in str(list(Entry.objects.values_list("details", flat=True)))


def test_user_name_is_taken_in_any_case(cast):
    with pytest.raises(InvalidInput) as error:
        opened(cast, username="CANBO")
    assert error.value.field == "username"


@pytest.mark.parametrize("name", ["", "ab", "cán bộ", "a b c", "<script>", "-abc", "abc-", "x" * 61, "a@b.vn"])
def test_user_name_of_wrong_shape(cast, name):
    with pytest.raises(InvalidInput) as error:
        opened(cast, username=name)
    assert error.value.field == "username"


def test_email_of_somebody_else(cast):
    with pytest.raises(InvalidInput) as error:
        opened(cast, email=cast.officer.email.upper())
    assert error.value.field == "email"


def test_no_email(cast):
    assert opened(cast, email="").user.email == ""


def test_outside_the_reach(cast, local_admin):
    with pytest.raises(Refused):
        opened(cast, by=local_admin, organization=cast.quang_trung)
    assert not User.objects.filter(username="canbo2").exists()


@pytest.mark.parametrize("who", ["officer", "leader", "auditor", "outsider"])
def test_others_may_not(cast, who):
    with pytest.raises(Refused):
        opened(cast, by=getattr(cast, who))


def test_wrong_days_leave_nothing_behind(cast):
    with pytest.raises(InvalidInput):
        opened(cast, valid_to=date(2026, 1, 1))
    assert not User.objects.filter(username="canbo2").exists()
    assert not Entry.objects.filter(verb="accounts.open_account").exists()


def test_at_the_desk(cast, signed_in):
    client = signed_in(cast.admin)
    url = reverse("accounts_desk:open_account")
    assert client.get(url).status_code == 200
    form = {
        "full_name": "Cán bộ thứ hai", "username": "canbo2", "email": "", "language": "vi", "way": "printed", "role": "receiver",
        "organization": str(cast.bim_son.pk), "valid_from": "01/01/2026",
    }
    answer = client.post(url, form)
    assert answer["Cache-Control"] == "no-store"
    assert answer.context["way"].password in answer.content.decode()
    again = client.post(url, form)
    assert "canbo2" in str(again.context["form"].errors["username"])


def test_units_outside_the_reach_are_no_choice(cast, signed_in, local_admin):
    page = signed_in(local_admin).get(reverse("accounts_desk:open_account"))
    offered = {value for value, _words in page.context["form"].fields["organization"].choices}
    assert cast.bim_son.pk in offered
    assert cast.quang_trung.pk not in offered


def test_new_way_in_ends_sessions(cast, signed_in, client):
    client = signed_in(cast.officer)
    client.get("/ban-lam-viec/")
    way = open_account.new_way_in(cast.officer, by=cast.admin)
    assert way.path
    assert client.get("/ban-lam-viec/").status_code == 302
    assert not client.login(username="canbo", password="canbo")


def test_new_way_in_for_oneself_is_refused(cast):
    with pytest.raises(Refused):
        open_account.new_way_in(cast.admin, by=cast.admin)


def test_forgotten_password_by_mail(cast, client):
    client.post(reverse("account_reset_password"), {"email": cast.officer.email.upper()})
    (letter,) = mail.outbox
    assert letter.to == [cast.officer.email]
    path = next(word for word in letter.body.split() if "/reset/key/" in word).split("testserver", 1)[1]
    page = client.get(path, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "Trời-xanh-2026", "password2": "Trời-xanh-2026"})
    assert client.login(username="canbo", password="Trời-xanh-2026")


def test_no_letter_to_strangers(cast, client):
    answer = client.post(reverse("account_reset_password"), {"email": "nguoila@example.vn"})
    assert answer.status_code == 302
    assert mail.outbox == []


def test_sign_up_is_closed(client, db):
    assert "password1" not in client.get(reverse("account_signup")).content.decode()
    client.post(reverse("account_signup"), {"username": "moi", "email": "", "password1": "Trời-xanh-2026", "password2": "Trời-xanh-2026"})
    assert not User.objects.filter(username="moi").exists()
