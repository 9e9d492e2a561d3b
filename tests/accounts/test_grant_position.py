from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kheo.accounts import queries
from kheo.accounts.actions import grant_position
from kheo.accounts.models import Position, Role
from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from tests.accounts.conftest import fresh


def granted(cast, user=None, *, by=None, role=Role.LEADER, unit=None, start=date(2026, 1, 1), **more):
    return grant_position.grant_position(
        user or cast.officer, role=role, organization=unit or cast.bim_son, valid_from=start, by=by or cast.admin, **more
    )


def test_it_works(cast):
    made = granted(cast)
    assert queries.rights(fresh(cast.officer)).holds([Role.LEADER], cast.groups["ba-dinh-1"].pk)
    entry = Entry.objects.get(verb="accounts.grant_position")
    assert entry.details["position"] == made.pk
    assert entry.actor_id == cast.admin.pk


def test_not_to_oneself(cast):
    with pytest.raises(Refused):
        granted(cast, cast.admin, by=cast.admin)


def test_owner_gives_the_first_administrator_a_position(cast, owner):
    assert granted(cast, owner, by=owner, role=Role.ADMIN).user == owner


def test_outside_the_reach(cast, local_admin):
    with pytest.raises(Refused):
        granted(cast, by=local_admin, unit=cast.quang_trung)


def test_ended_administrator_may_not(cast):
    Position.objects.filter(user=cast.admin).update(valid_to=timezone.localdate())
    with pytest.raises(Refused):
        granted(cast, by=fresh(cast.admin))


def test_closed_administrator_may_not(cast):
    cast.admin.is_active = False
    with pytest.raises(Refused):
        granted(cast)


def test_twice_at_one_time(cast):
    granted(cast)
    with pytest.raises(InvalidInput) as error:
        granted(cast, start=date(2026, 6, 1))
    assert error.value.field == "role"


def test_after_the_old_one_ended(cast):
    granted(cast, valid_to=date(2026, 6, 1))
    assert granted(cast, start=date(2026, 6, 1)).pk


@pytest.mark.parametrize("days", [0, -1])
def test_empty_span(cast, days):
    with pytest.raises(InvalidInput) as error:
        granted(cast, valid_to=date(2026, 1, 1) + timedelta(days=days))
    assert error.value.field == "valid_to"


def test_no_position_no_rights(cast):
    assert queries.rights(cast.outsider).reach == {}
    assert not queries.rights(cast.outsider).holds(list(Role), cast.bim_son.pk)
    assert not queries.rights(cast.officer).holds([Role.RECEIVER], None)


def test_at_the_desk(cast, signed_in):
    client = signed_in(cast.admin)
    url = reverse("accounts_desk:grant_position", args=[cast.officer.pk])
    answer = client.post(url, {"role": "leader", "organization": cast.bim_son.pk, "valid_from": "01/02/2026", "works_at": ""})
    assert answer.status_code == 302
    made = Position.objects.get(user=cast.officer, role=Role.LEADER)
    assert made.valid_from == date(2026, 2, 1)


def test_posted_unit_outside_the_reach(cast, signed_in, local_admin):
    url = reverse("accounts_desk:grant_position", args=[cast.officer.pk])
    answer = signed_in(local_admin).post(url, {"role": "leader", "organization": cast.quang_trung.pk, "valid_from": "01/02/2026"})
    assert answer.context["form"].errors["organization"]
    assert not Position.objects.filter(user=cast.officer, role=Role.LEADER).exists()
