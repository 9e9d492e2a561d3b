from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions import withdraw
from kheo.practices.models import Practice
from kheo.practices.policy import KeyHolder
from kheo.practices.queries import public
from tests.cast import practice


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "listed", "running", "proposed"])
def test_it_works(cast, state):
    made = practice(cast, state=state)
    withdraw.withdraw(made, "Trùng với chi hội", by=cast.registrant)
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert made not in public()
    assert made.transitions.get().reason == "Trùng với chi hội"


def test_a_reason_is_demanded(cast):
    with pytest.raises(InvalidInput):
        withdraw.withdraw(practice(cast), "", by=cast.registrant)


@pytest.mark.parametrize("state", ["evaluating", "recognized", "withdrawn", "stopped"])
def test_not_once_evaluation_began(cast, state):
    with pytest.raises(Refused):
        withdraw.withdraw(practice(cast, state=state), "Thôi", by=cast.registrant)


@pytest.mark.parametrize("who", ["officer", "leader", "outsider", "evaluator"])
def test_only_the_registering_side(cast, who):
    with pytest.raises(Refused):
        withdraw.withdraw(practice(cast), "Thôi", by=getattr(cast, who))
    with pytest.raises(Refused):
        withdraw.withdraw(practice(cast), "Thôi", by=KeyHolder(uuid4()))


def test_with_the_secret_address(cast, client):
    made = practice(cast, registered_by=None)
    address = reverse("practices:withdraw", args=[made.access_key])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "", "version": "1"}).status_code == 200
    assert client.post(address, {"reason": "Gửi nhầm", "version": "1"}).status_code == 302
    assert Practice.objects.get(pk=made.pk).state == "withdrawn"
    assert client.get(address).status_code == 302
    assert "Gửi nhầm" in client.get(reverse("practices:registration", args=[made.access_key])).content.decode()


def test_an_old_page_withdraws_nothing(cast, client):
    made = practice(cast, version=4)
    client.post(reverse("practices:withdraw", args=[made.access_key]), {"reason": "Gửi nhầm", "version": "1"})
    assert Practice.objects.get(pk=made.pk).state == "submitted"


def test_at_the_desk(cast, signed_in):
    made = practice(cast)
    address = reverse("practices_desk:withdraw", args=[made.pk])
    assert signed_in(cast.officer).get(address).status_code == 403
    assert signed_in(cast.registrant).post(address, {"reason": "Gửi nhầm", "version": "1"}).status_code == 302
    assert Practice.objects.get(pk=made.pk).state == "withdrawn"
