from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from kheo.accounts.actions import reset_second_factor, set_sign_in_rules
from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def digits() -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


def with_app(user):
    totp.TOTP.activate(user, SECRET)
    return user


def sign_in(client, name):
    return client.post(reverse("account_login"), {"login": name, "password": name})


def test_it_works(cast, client):
    with_app(cast.officer)
    answer = sign_in(client, "canbo")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/ban-lam-viec/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": digits()})
    assert client.get("/ban-lam-viec/").status_code == 200


def test_wrong_digits(cast, client):
    with_app(cast.officer)
    sign_in(client, "canbo")
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000" if digits() != "000000" else "111111"})
    assert answer.context["form"].errors
    assert client.get("/ban-lam-viec/").status_code == 302


def test_recovery_code_opens_once(cast, client):
    with_app(cast.officer)
    code = RecoveryCodes.activate(cast.officer).get_unused_codes()[0]
    sign_in(client, "canbo")
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get("/ban-lam-viec/").status_code == 200
    client.post(reverse("account_logout"))
    sign_in(client, "canbo")
    assert client.post(reverse("mfa_authenticate"), {"code": code}).context["form"].errors


def test_set_up_in_the_browser(cast, client):
    sign_in(client, "canbo")
    ask = client.get(reverse("mfa_activate_totp"))["Location"]  # the password once more, for safety
    page = client.post(ask, {"password": "canbo"}, follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_activate_totp")
    secret = client.session[totp.SECRET_SESSION_KEY]
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    client.post(reverse("mfa_activate_totp"), {"code": totp.format_hotp_value(totp.hotp_value(secret, counter))})
    kinds = set(Authenticator.objects.filter(user=cast.officer).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_invited_but_let_in(cast, client):
    sign_in(client, "canbo")
    page = client.get("/ban-lam-viec/")
    assert page.status_code == 200
    assert [m for m in page.context["messages"] if m.level_tag == "info"]


def test_registrants_are_not_bothered(cast, client):
    sign_in(client, "dangky")
    assert not [m for m in client.get("/ban-lam-viec/").context["messages"] if m.level_tag == "info"]


def test_required(cast, client):
    set_sign_in_rules.set_sign_in_rules("require", by=cast.admin)
    sign_in(client, "canbo")
    for address in ("/ban-lam-viec/", "/en/ban-lam-viec/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].endswith(reverse("mfa_activate_totp"))
    ask = client.get(reverse("mfa_activate_totp"))["Location"]
    assert client.post(ask, {"password": "canbo"}, follow=True).status_code == 200
    with_app(cast.officer)
    assert client.get("/ban-lam-viec/").status_code == 200


def test_required_from_editors_at_wagtail(cast, client):
    set_sign_in_rules.set_sign_in_rules("require", by=cast.admin)
    sign_in(client, "bientap")
    assert client.get("/quan-tri/")["Location"] == reverse("mfa_activate_totp")


def test_not_required_from_registrants(cast, client):
    set_sign_in_rules.set_sign_in_rules("require", by=cast.admin)
    sign_in(client, "dangky")
    assert client.get("/ban-lam-viec/").status_code == 200


@pytest.mark.parametrize("who", ["officer", "leader", "editor", "outsider"])
def test_only_administrators_set_the_rules(cast, who):
    with pytest.raises(Refused):
        set_sign_in_rules.set_sign_in_rules("require", by=getattr(cast, who))


def test_rules_at_the_desk(cast, signed_in):
    client = signed_in(cast.admin)
    url = reverse("accounts_desk:set_sign_in_rules")
    assert client.get(url).status_code == 200
    assert client.post(url, {"second_factor": "require"}).status_code == 302
    assert Entry.objects.get(verb="accounts.set_sign_in_rules").details == {"second_factor": "require"}


def test_unknown_rule(cast, signed_in):
    answer = signed_in(cast.admin).post(reverse("accounts_desk:set_sign_in_rules"), {"second_factor": "off"})
    assert answer.context["form"].errors


def test_reset(cast, client):
    with_app(cast.officer)
    client.force_login(cast.officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/ban-lam-viec/")
    reset_second_factor.reset_second_factor(cast.officer, by=cast.admin)
    assert client.get("/ban-lam-viec/").status_code == 302
    assert sign_in(client, "canbo")["Location"] == "/ban-lam-viec/"


def test_reset_nothing(cast):
    with pytest.raises(InvalidInput):
        reset_second_factor.reset_second_factor(cast.officer, by=cast.admin)


def test_reset_outside_the_reach(cast, local_admin):
    with_app(cast.officer)
    with pytest.raises(Refused):
        reset_second_factor.reset_second_factor(cast.officer, by=local_admin)


def test_reset_one_s_own(cast):
    with_app(cast.admin)
    with pytest.raises(Refused):
        reset_second_factor.reset_second_factor(cast.admin, by=cast.admin)


def test_reset_at_the_desk(cast, signed_in):
    with_app(cast.officer)
    client = signed_in(cast.admin)
    url = reverse("accounts_desk:reset_second_factor", args=[cast.officer.pk])
    assert client.get(url).status_code == 200
    client.post(url)
    assert not Authenticator.objects.filter(user=cast.officer).exists()
