"""A unit inspects itself: kept while written, sent once."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.core.errors import InvalidInput, Refused
from kheo.inspections import queries
from kheo.inspections.actions import hold, self_inspect
from kheo.inspections.models import Inspection
from kheo.inspections.queries import coverage, waiting
from kheo.inspections.rules import State


def opened(scene):
    return self_inspect.open_self_inspection(scene.plan, scene.committees["ba-dinh"], by=scene.secretary)


def test_it_works(scene):
    check = opened(scene)
    assert [kind.count for kind in waiting.waiting(scene.secretary, date(2023, 6, 1)) if kind.code.endswith("self_inspect")] == [1]
    self_inspect.save_draft(check, {"summary": "Đang viết"}, by=scene.secretary)
    sent = self_inspect.submit(check, scene.minutes(), by=scene.secretary)
    assert (sent.state, sent.draft) == (State.SUBMITTED, {}) and sent.receipt_number.startswith("TKT-2023-")
    assert coverage.of(scene.plan, date(2023, 12, 15), {"self"}).numerator == 1
    assert waiting.waiting(scene.secretary, date(2023, 6, 1)) == []
    hold.conclude(sent, [], by=scene.cast.officer)


def test_opening_twice_gives_the_same(scene):
    assert opened(scene).pk == opened(scene).pk
    assert Inspection.objects.count() == 1


def test_sending_twice_gives_the_same_receipt(scene):
    check = opened(scene)
    first = self_inspect.submit(check, scene.minutes(), by=scene.secretary)
    again = self_inspect.submit(check, scene.minutes(summary="Khác"), by=scene.secretary)
    assert (again.receipt_number, again.summary) == (first.receipt_number, first.summary)


def test_returned_with_a_reason_and_sent_again_under_the_same_number(scene):
    sent = self_inspect.submit(opened(scene), scene.minutes(), by=scene.secretary)
    with pytest.raises(InvalidInput):
        hold.return_(sent, remark=" ", by=scene.cast.officer)
    returned = hold.return_(sent, remark="Bổ sung số liệu", by=scene.cast.officer)
    assert coverage.of(scene.plan, date(2023, 12, 15)).numerator == 0
    again = self_inspect.submit(returned, scene.minutes(summary="Đã bổ sung"), by=scene.secretary)
    assert (again.receipt_number, again.summary) == (sent.receipt_number, "Đã bổ sung")


@pytest.mark.parametrize("who", ["registrant", "evaluator", "auditor", "outsider"])
def test_others_do_not_fill_it_in(scene, who):
    with pytest.raises(Refused):
        self_inspect.open_self_inspection(scene.plan, scene.committees["ba-dinh"], by=getattr(scene.cast, who))


def test_a_draft_is_the_units_own(scene):
    check = opened(scene)
    assert check in queries.visible_to(scene.secretary) and check not in queries.visible_to(scene.cast.evaluator)


def test_a_stranger_unit_is_refused(scene):
    with pytest.raises(InvalidInput):
        self_inspect.open_self_inspection(scene.plan, scene.cast.wards["ba-dinh"], by=scene.secretary)


def test_a_huge_draft_is_refused(scene):
    with pytest.raises(InvalidInput):
        self_inspect.save_draft(opened(scene), {"summary": "x" * 70_000}, by=scene.secretary)
