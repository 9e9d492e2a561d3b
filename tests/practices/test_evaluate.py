from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from kheo.accounts.models import Role
from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions import score
from kheo.practices.models import Force, ScoreSheet
from kheo.practices.queries import scores
from tests import cast as cast_module
from tests.practices import scenes


def evaluating(cast, **more):
    return cast_module.practice(cast, state="evaluating", **more)


def test_it_works(cast):
    practice = evaluating(cast)
    score.evaluate(practice, scenes.points(cast, 20, 20, 20, 25, 0), by=cast.evaluator, remarks={scenes.criteria(cast)[4].pk: "Chưa lan tỏa"})
    score.evaluate(practice, scenes.points(cast, 18, 18, 18, 20, 10), by=cast.evaluator2)
    table = scores.side_by_side(practice, cast.leader)
    assert table.final == Decimal("84.50")
    assert table.lines[4].given == [Decimal(0), Decimal(10)]
    assert table.lines[4].mean == 5


def test_zero_is_a_score(cast):
    sheet = score.evaluate(evaluating(cast), scenes.points(cast, 0, 0, 0, 0, 0), by=cast.evaluator)
    assert (sheet.total, sheet.scores.count()) == (0, 5)


def test_a_required_criterion_may_not_stay_empty(cast):
    with pytest.raises(InvalidInput):
        score.evaluate(evaluating(cast), scenes.points(cast, 10, None, 10, 10, 10), by=cast.evaluator)


def test_a_criterion_that_is_not_required_may(cast):
    cast.criteria["collective"].criteria.filter(order=2).update(required=False)
    sheet = score.evaluate(evaluating(cast), scenes.points(cast, 10, None, 10, 10, 10), by=cast.evaluator)
    assert (sheet.total, sheet.scores.count()) == (40, 4)


def test_nobody_scores_the_own_unit(cast):
    own = cast_module.person("tucham", "Người của khu phố", (Role.EVALUATOR, cast.bim_son), works_at=cast.groups["ba-dinh-1"])
    with pytest.raises(Refused):
        score.evaluate(evaluating(cast), scenes.points(cast, 1, 1, 1, 1, 1), by=own)


def test_nobody_scores_what_the_own_unit_leads(cast):
    practice = evaluating(cast)
    Force.objects.create(practice=practice, organization=cast.bim_son, part="lead")
    with pytest.raises(Refused):
        score.evaluate(practice, scenes.points(cast, 1, 1, 1, 1, 1), by=cast.evaluator2)


@pytest.mark.parametrize("who", ["registrant", "officer", "leader", "outsider"])
def test_refused_for_others(cast, who):
    with pytest.raises(Refused):
        score.evaluate(evaluating(cast), scenes.points(cast, 1, 1, 1, 1, 1), by=getattr(cast, who))


@pytest.mark.parametrize("state", ["running", "proposed", "recognized", "not_recognized"])
def test_refused_in_other_states(cast, state):
    with pytest.raises(Refused):
        score.evaluate(cast_module.practice(cast, state=state), scenes.points(cast, 1, 1, 1, 1, 1), by=cast.evaluator)


def test_no_peeking_before_the_own_sheet_is_in(cast):
    practice = evaluating(cast)
    scenes.sheet(practice, None, 70, kind="self")
    score.evaluate(practice, scenes.points(cast, 20, 20, 20, 25, 15), by=cast.evaluator)
    before = scores.side_by_side(practice, cast.evaluator2)
    assert (before.evaluators, before.totals, before.final, before.hidden) == ([], [], None, 1)
    score.evaluate(practice, scenes.points(cast, 18, 18, 18, 20, 10), by=cast.evaluator2)
    after = scores.side_by_side(practice, cast.evaluator2)
    assert after.totals == [100, 84]
    assert after.lines[0].difference == after.lines[0].mean - after.lines[0].own


def test_the_unit_sees_evaluators_points_only_after_the_decision(cast):
    practice = scenes.evaluated(cast)
    assert scores.side_by_side(practice, cast.registrant).totals == []
    practice.state = "recognized"
    practice.save()
    assert scores.side_by_side(practice, cast.registrant).totals == [85, 87]


def test_the_page_hides_the_points_of_others(cast, signed_in):
    practice = evaluating(cast, title="Mô hình chấm kín")
    score.evaluate(practice, scenes.points(cast, 19.5, 19.5, 19.5, 24.5, 14.5), by=cast.evaluator)
    client = signed_in(cast.evaluator2)
    for name in ("evaluate", "detail"):
        page = client.get(reverse(f"practices_desk:{name}", args=[practice.pk])).content.decode()
        assert "19,5" not in page
        assert "97,5" not in page


def test_the_page_takes_a_sheet(cast, signed_in):
    practice = evaluating(cast)
    given = {f"points-{c.pk}": str(int(c.max_points)) for c in scenes.criteria(cast)}
    answer = signed_in(cast.evaluator).post(reverse("practices_desk:evaluate", args=[practice.pk]), given)
    assert answer.status_code == 302
    assert ScoreSheet.objects.get().total == 100
