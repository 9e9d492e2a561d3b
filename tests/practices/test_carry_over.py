from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions import carry_over as carrying
from kheo.practices.models import Goal, Practice
from tests import cast as cast_module
from tests.practices import scenes


@pytest.mark.parametrize("state", ["recognized", "deferred"])
def test_it_works(cast, state):
    practice = cast_module.practice(cast, state=state)
    Goal.objects.create(practice=practice, statement="Giảm hai hộ nghèo", unit="hộ", target=2)
    made = carrying.carry_over(practice, by=cast.registrant)
    assert (made.state, made.stage, made.continues) == ("draft", "continued", practice)
    assert made.cycle == cast.open_cycle
    assert (made.title, made.organization) == (practice.title, practice.organization)
    assert made.ward == cast.bim_son  # the ward of 2023 has passed into it since
    assert made.goals.get().statement == "Giảm hai hộ nghèo"
    assert made.receipt_number is None
    assert Practice.objects.get(pk=practice.pk).state == state


def test_twice_gives_the_same_draft(cast):
    practice = scenes.recognized(cast)
    first = carrying.carry_over(practice, by=cast.registrant)
    assert carrying.carry_over(practice, by=cast.officer) == first
    assert practice.continued_by.count() == 1


def test_from_a_closed_cycle_too(cast):
    practice = scenes.recognized(cast)
    cast.cycle.closed_at = timezone.now()
    cast.cycle.save()
    assert carrying.carry_over(Practice.objects.get(pk=practice.pk), by=cast.registrant).state == "draft"


def test_refused_without_a_next_cycle(cast):
    practice = scenes.recognized(cast, cycle=cast.open_cycle)
    with pytest.raises(InvalidInput):
        carrying.carry_over(practice, by=cast.registrant)


@pytest.mark.parametrize("state", ["draft", "submitted", "not_recognized", "revoked", "stopped", "withdrawn"])
def test_refused_in_other_states(cast, state):
    with pytest.raises(Refused):
        carrying.carry_over(cast_module.practice(cast, state=state), by=cast.registrant)


@pytest.mark.parametrize("who", ["outsider", "evaluator", "officer_elsewhere"])
def test_refused_for_others(cast, who):
    with pytest.raises(Refused):
        carrying.carry_over(scenes.recognized(cast), by=getattr(cast, who))


def test_the_page_asks_first(cast, signed_in):
    practice = scenes.recognized(cast)
    client, address = signed_in(cast.registrant), reverse("practices_desk:carry_over", args=[practice.pk])
    assert client.get(address).status_code == 200
    assert not practice.continued_by.exists()
    client.post(address)
    assert practice.continued_by.get().state == "draft"
