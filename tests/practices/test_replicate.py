from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions import register, replicate
from kheo.practices.models import Goal, Practice
from kheo.practices.queries import visible_to
from tests.cast import person, practice
from tests.practices.form import data


@pytest.fixture
def original(cast):
    made = practice(cast, state="recognized", published_at=timezone.now(), contact_phone="0912345678", organization_text="")
    Goal.objects.create(practice=made, statement="Hộ nghèo", unit="hộ", target=Decimal("12.5"))
    return made


def take_over(cast, original, **changes):
    values = {"organization": cast.groups["bac-son-1"], "cycle": cast.cycle, "adaptation": "Thêm hộ cận nghèo", "by": cast.officer}
    return replicate.replicate(original, **(values | changes))


def test_it_works(cast, original):
    made = take_over(cast, original)
    made.refresh_from_db()
    assert (made.state, made.parent, made.title, made.adaptation) == ("draft", original, original.title, "Thêm hộ cận nghèo")
    assert made.ward == cast.wards["bac-son"]
    assert made.goals.get().target == Decimal("12.5")
    assert made.contact_phone == ""
    assert made.starts_on is None
    assert made.access_key != original.access_key
    assert made in visible_to(cast.officer)


def test_the_copied_form_opens_complete_and_is_sent(cast, original, signed_in):
    made = take_over(cast, original)
    page = signed_in(cast.officer).get(reverse("practices_desk:edit", args=[made.pk])).content.decode()
    assert 'name="goals-0-target" value="12,5"' in page
    assert "Thêm hộ cận nghèo" in page
    sent = register.register(made, data(cast, organization=cast.groups["bac-son-1"].pk, parent=original.pk), by=cast.officer).practice
    assert sent.parent == original


def test_its_own_unit_is_refused(cast, original):
    with pytest.raises(InvalidInput):
        take_over(cast, original, organization=cast.groups["ba-dinh-1"])


def test_an_adaptation_note_is_demanded(cast, original):
    with pytest.raises(InvalidInput):
        take_over(cast, original, adaptation=" ")


def test_not_twice_into_one_unit(cast, original):
    take_over(cast, original)
    with pytest.raises(InvalidInput):
        take_over(cast, original)
    Practice.objects.filter(parent=original).update(state="withdrawn")
    assert take_over(cast, original).state == "draft"


def test_only_for_units_in_ones_charge(cast, original):
    with pytest.raises(Refused):
        take_over(cast, original, by=cast.registrant)
    for who in ("outsider", "evaluator", "leader", "officer_elsewhere"):
        with pytest.raises(Refused):
            take_over(cast, original, by=getattr(cast, who))


def test_a_registrant_of_another_ward_takes_a_public_practice_over(cast, original, signed_in):
    there = person("dangkybacson", "Đại diện Khu phố 1 Bắc Sơn", ("registrant", cast.groups["bac-son-1"]))
    assert original not in visible_to(there)
    client = signed_in(there)
    address = reverse("practices_desk:replicate", args=[original.pk])
    page = client.get(address).content.decode()
    assert f'value="{cast.groups["bac-son-1"].pk}"' in page
    assert f'value="{cast.groups["ba-dinh-2"].pk}"' not in page
    answer = client.post(address, {"organization": cast.groups["bac-son-1"].pk, "cycle": cast.open_cycle.pk, "adaptation": "Theo khu phố"})
    made = Practice.objects.get(parent=original)
    assert answer.url == reverse("practices_desk:edit", args=[made.pk])


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn", "not_recognized", "stopped", "revoked"])
def test_not_in_other_states(cast, state):
    with pytest.raises(Refused):
        take_over(cast, practice(cast, state=state))


def test_the_page_tells_what_is_missing(cast, original, signed_in):
    client = signed_in(cast.officer)
    address = reverse("practices_desk:replicate", args=[original.pk])
    answer = client.post(address, {"organization": "", "cycle": cast.cycle.pk, "adaptation": ""})
    assert answer.status_code == 200
    assert "id_adaptation" in answer.content.decode()
    assert not Practice.objects.filter(parent=original).exists()


def test_dates_of_the_copy_are_its_own(cast, original):
    made = take_over(cast, original, cycle=cast.open_cycle)
    year = cast.open_cycle.starts_on.year
    own = data(cast, organization=cast.groups["bac-son-1"].pk, starts_on=date(year, 2, 1), ends_on=date(year, 12, 1))
    assert register.register(made, own, by=cast.officer).practice.starts_on == date(year, 2, 1)
