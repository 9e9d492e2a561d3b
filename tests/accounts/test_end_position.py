from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kheo.accounts import queries
from kheo.accounts.actions import end_position
from kheo.accounts.models import Position, Role
from kheo.audit.models import Entry
from kheo.core.errors import Conflict, InvalidInput, Refused
from tests.accounts.conftest import current, fresh, hold


def test_it_works(cast, signed_in):
    client = signed_in(cast.officer)
    client.get("/ban-lam-viec/")
    position = current(cast.officer, Role.RECEIVER)
    today = timezone.localdate()
    assert end_position.end_position(position, on=today, by=cast.admin, reason="Chuyển công tác").valid_to == today
    assert client.get("/ban-lam-viec/").status_code == 302
    entry = Entry.objects.get(verb="accounts.end_position")
    assert entry.details["reason"] == "Chuyển công tác"


def test_later_day_leaves_the_rights_until_then(cast):
    position = current(cast.officer, Role.RECEIVER)
    day = timezone.localdate() + timedelta(days=10)
    end_position.end_position(position, on=day, by=cast.admin)
    assert position in queries.positions_of(cast.officer)
    assert position not in queries.positions_of(cast.officer, day)


def test_past_day(cast):
    with pytest.raises(InvalidInput) as error:
        end_position.end_position(current(cast.officer, Role.RECEIVER), on=timezone.localdate() - timedelta(days=1), by=cast.admin)
    assert error.value.field == "on"


def test_ended_already(cast):
    position = current(cast.officer, Role.RECEIVER)
    Position.objects.filter(pk=position.pk).update(valid_to=date(2021, 1, 1))
    with pytest.raises(Conflict):
        end_position.end_position(position, on=timezone.localdate(), by=cast.admin)


def test_given_by_mistake_today_counts_as_never_held(cast):
    today = timezone.localdate()
    position = hold(cast.officer, Role.LEADER, cast.bim_son, today)
    ended = end_position.end_position(position, on=today, by=cast.admin)
    assert ended.phase(today) == "withdrawn"
    assert not queries.rights(fresh(cast.officer)).has(Role.LEADER)


def test_not_yet_begun(cast):
    today = timezone.localdate()
    position = hold(cast.officer, Role.LEADER, cast.bim_son, today + timedelta(days=30))
    assert end_position.end_position(position, on=today, by=cast.admin).valid_to == position.valid_from


def test_last_administrator_stays(cast):
    position = current(cast.admin, Role.ADMIN)
    with pytest.raises(Refused):
        end_position.end_position(position, on=timezone.localdate(), by=cast.admin)


def test_administrator_goes_when_there_is_another(cast, local_admin):
    position = Position.objects.get(user=cast.admin, organization=cast.bim_son)
    end_position.end_position(position, on=timezone.localdate(), by=cast.admin)
    with pytest.raises(Refused):  # local_admin reaches Bỉm Sơn only
        end_position.end_position(Position.objects.get(user=cast.admin, organization=cast.quang_trung), on=timezone.localdate(), by=fresh(cast.admin))


def test_an_administrator_about_to_leave_does_not_count(cast, local_admin):
    Position.objects.filter(user=local_admin).update(valid_to=timezone.localdate() + timedelta(days=5))
    with pytest.raises(Refused):
        end_position.end_position(Position.objects.get(user=cast.admin, organization=cast.bim_son), on=timezone.localdate(), by=cast.admin)


def test_outside_the_reach(cast, local_admin):
    with pytest.raises(Refused):
        end_position.end_position(Position.objects.get(user=cast.officer, organization=cast.quang_trung), on=timezone.localdate(), by=local_admin)


def test_at_the_desk(cast, signed_in):
    position = current(cast.officer, Role.RECEIVER)
    client = signed_in(cast.admin)
    url = reverse("accounts_desk:end_position", args=[position.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"on": "01/01/2020"}).context["form"].errors["on"]
    assert client.post(url, {"on": timezone.localdate().strftime("%d/%m/%Y")}).status_code == 302
    position.refresh_from_db()
    assert position.valid_to == timezone.localdate()


def test_stranger_at_the_desk(cast, signed_in):
    elsewhere = current(cast.officer_elsewhere, Role.RECEIVER)
    assert signed_in(cast.admin).get(reverse("accounts_desk:end_position", args=[elsewhere.pk])).status_code == 404
