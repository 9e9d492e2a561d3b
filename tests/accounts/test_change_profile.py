from __future__ import annotations

import pytest
from django.urls import reverse

from kheo.accounts.actions import change_profile
from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused

VALUES = {"full_name": "Cán bộ  Mới", "email": "Moi@Example.vn", "language": "en", "wants_digest": False}


def test_it_works(cast):
    changed = change_profile.change_profile(cast.officer, **VALUES, by=cast.officer)
    assert (changed.full_name, changed.email, changed.language) == ("Cán bộ Mới", "moi@example.vn", "en")
    assert Entry.objects.get(verb="accounts.change_profile").details == {"fields": ["full_name", "email", "language", "wants_digest"]}


def test_nothing_changed_writes_nothing(cast):
    same = {name: getattr(cast.officer, name) for name in VALUES}
    change_profile.change_profile(cast.officer, **same, by=cast.officer)
    assert not Entry.objects.filter(verb="accounts.change_profile").exists()


def test_somebody_else(cast):
    with pytest.raises(Refused):
        change_profile.change_profile(cast.officer, **VALUES, by=cast.admin)


@pytest.mark.parametrize(("field", "value"), [("full_name", " \u200b "), ("email", "khong phai"), ("email", "lanhdao@example.vn")])
def test_refused(cast, field, value):
    with pytest.raises(InvalidInput) as error:
        change_profile.change_profile(cast.officer, **{**VALUES, field: value}, by=cast.officer)
    assert error.value.field == field


def test_in_the_browser(cast, signed_in):
    client = signed_in(cast.officer)
    url = reverse("account_profile")
    page = client.get(url)
    assert "canbo" in page.content.decode()
    assert client.post(url, {**VALUES, "wants_digest": ""}).status_code == 302
    assert client.post(url, {**VALUES, "email": "sai"}).context["form"].errors["email"]


def test_person_without_position(cast, signed_in):
    assert signed_in(cast.outsider).get(reverse("account_profile")).status_code == 200


def test_anonymous(client, db):
    assert client.get(reverse("account_profile")).status_code == 302


def test_allauths_list_of_addresses_leads_here(cast, signed_in):
    assert signed_in(cast.officer).get(reverse("account_email"))["Location"] == reverse("account_profile")
