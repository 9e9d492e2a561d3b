from datetime import date

import pytest
from django.urls import reverse

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.movements import queries
from kheo.movements.actions import close_cycle, freeze, set_up_cycle
from kheo.movements.models import CriteriaSet, Criterion

DATES = {
    "period_from": date(2030, 1, 1), "period_to": date(2030, 12, 31), "opens_on": date(2030, 1, 1),
    "closes_on": date(2030, 2, 28), "locks_on": date(2030, 3, 31),
}


def test_it_works(cast):
    cycle = set_up_cycle.create_cycle(
        cast.movement, code="2030", name="Năm 2030", starts_on=date(2030, 1, 1), ends_on=date(2030, 12, 31), by=cast.officer
    )
    step = set_up_cycle.set_milestone(cycle, "registration", by=cast.officer, **DATES)
    assert queries.window(cycle, "registration", date(2030, 3, 1)) == "late"
    assert step.closes_on == date(2030, 2, 28)
    assert {c.subject for c in cycle.criteria_choices.all()} == {"collective", "individual"}
    assert Entry.objects.filter(verb="movements.create_cycle").exists()


def test_it_works_in_the_browser(cast, signed_in):
    client = signed_in(cast.officer)
    page = client.post(
        reverse("movements:create_cycle", args=[cast.movement.slug]),
        {"code": "2031", "name": "Năm 2031", "starts_on": "01/01/2031", "ends_on": "31/12/2031"},
    )
    assert page.status_code == 302
    cycle = cast.movement.cycles.get(code="2031")
    assert "Năm 2031" in client.get(reverse("movements:cycle", args=[cycle.pk])).content.decode()


def test_dates_out_of_order_are_shown_at_their_field(cast, signed_in):
    client = signed_in(cast.officer)
    page = client.post(
        reverse("movements:set_milestone", args=[cast.cycle.pk]),
        {"kind": "approval", "period_from": "01/01/2023", "period_to": "31/12/2023", "opens_on": "01/03/2023",
         "closes_on": "01/02/2023", "locks_on": "01/04/2023"},
    )
    assert page.status_code == 200
    assert "closes_on" in page.context["form"].errors
    assert not cast.cycle.milestones.filter(kind="approval").exists()


def test_a_registrant_is_refused(cast):
    with pytest.raises(Refused):
        set_up_cycle.feature(cast.cycle, by=cast.registrant)


def test_a_code_is_used_once(cast):
    with pytest.raises(InvalidInput):
        set_up_cycle.create_cycle(
            cast.movement, code="2023", name="Lần hai", starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31), by=cast.officer
        )


def test_criteria_that_do_not_add_up_cannot_be_frozen(cast):
    Criterion.objects.filter(criteria_set=cast.criteria["collective"], order=1).update(max_points=15)
    with pytest.raises(InvalidInput, match="95"):
        freeze.freeze(cast.cycle, "collective", by=cast.officer)


def test_frozen_criteria_stay_and_cannot_be_exchanged(cast):
    frozen = freeze.freeze(cast.cycle, "collective", by=cast.officer)
    assert freeze.freeze(cast.cycle, "collective", by=cast.officer) == frozen
    other = CriteriaSet.objects.create(
        movement=cast.movement, subject="collective", version=2, name="Khác", pass_points=80, exemplary_points=90, valid_from=date(2023, 1, 1)
    )
    with pytest.raises(InvalidInput):
        set_up_cycle.choose_criteria(cast.cycle, other, by=cast.officer)


def test_only_a_leader_closes_and_reopening_needs_a_reason(cast):
    with pytest.raises(Refused):
        close_cycle.close_cycle(cast.cycle, by=cast.officer)
    closed = close_cycle.close_cycle(cast.cycle, by=cast.leader)
    assert closed.closed_at
    with pytest.raises(InvalidInput):
        close_cycle.reopen_cycle(closed, by=cast.leader, reason="  ")
    assert close_cycle.reopen_cycle(closed, by=cast.leader, reason="Nhập thiếu quyết định").closed_at is None
