from __future__ import annotations

import pytest
from django.urls import reverse

from kheo.accounts.actions import deactivate
from kheo.accounts.models import Position, Role
from kheo.audit.models import Entry
from kheo.core.errors import Refused
from tests.accounts.conftest import hold


def test_it_works(cast, signed_in):
    client = signed_in(cast.officer)
    client.get("/ban-lam-viec/")
    assert not deactivate.deactivate(cast.officer, by=cast.admin, reason="Nghỉ hưu").is_active
    assert client.get("/ban-lam-viec/").status_code == 302
    assert not client.login(username="canbo", password="canbo")
    assert Position.objects.filter(user=cast.officer).exists()
    assert Entry.objects.get(verb="accounts.deactivate").details == {"reason": "Nghỉ hưu"}


def test_twice_is_once(cast):
    deactivate.deactivate(cast.officer, by=cast.admin)
    deactivate.deactivate(cast.officer, by=cast.admin)
    assert Entry.objects.filter(verb="accounts.deactivate").count() == 1


def test_open_again(cast, client):
    deactivate.deactivate(cast.officer, by=cast.admin)
    deactivate.reactivate(cast.officer, by=cast.admin)
    assert client.login(username="canbo", password="canbo")


def test_not_oneself(cast):
    with pytest.raises(Refused):
        deactivate.deactivate(cast.admin, by=cast.admin)


def test_not_the_last_administrator(cast, local_admin):
    with pytest.raises(Refused):
        deactivate.deactivate(cast.admin, by=local_admin)


def test_not_who_also_works_elsewhere(cast, local_admin):
    with pytest.raises(Refused):
        deactivate.deactivate(cast.officer, by=local_admin)


def test_not_the_owner(cast, owner):
    hold(owner, Role.RECEIVER, cast.bim_son)
    with pytest.raises(Refused):
        deactivate.deactivate(owner, by=cast.admin)


def test_at_the_desk(cast, signed_in):
    client = signed_in(cast.admin)
    url = reverse("accounts_desk:deactivate", args=[cast.officer.pk])
    assert client.post(url, {"reason": ""}).context["form"].errors["reason"]
    assert client.post(url, {"reason": "Nghỉ hưu"}).status_code == 302
    cast.officer.refresh_from_db()
    assert not cast.officer.is_active
    client.post(reverse("accounts_desk:reactivate", args=[cast.officer.pk]))
    cast.officer.refresh_from_db()
    assert cast.officer.is_active
