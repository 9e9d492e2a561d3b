from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.movements.models import CycleCriteria
from kheo.practices.actions import score
from kheo.practices.models import ScoreSheet
from tests import cast as cast_module
from tests.practices import scenes


def test_it_works_and_freezes_the_criteria(cast):
    practice = cast_module.practice(cast, state="running")
    sheet = score.self_score(practice, scenes.points(cast, 18, 17.5, 16, 22, 0), by=cast.registrant, remark="Tự đánh giá")
    assert sheet.total == Decimal("73.5")
    assert sheet.scores.count() == 5
    assert CycleCriteria.objects.get(cycle=cast.cycle, subject="collective").frozen_at is not None
    assert CycleCriteria.objects.get(cycle=cast.cycle, subject="individual").frozen_at is None
    assert Entry.objects.get(verb="practices.self_score").details == {"total": "73.5"}


def test_scoring_again_replaces_the_sheet(cast):
    practice = cast_module.practice(cast, state="running")
    score.self_score(practice, scenes.points(cast, 10, 10, 10, 10, 10), by=cast.registrant)
    score.self_score(practice, scenes.points(cast, 20, 20, 20, 25, 15), by=cast.registrant)
    assert ScoreSheet.objects.get().total == 100


def test_an_individual_is_scored_by_its_own_criteria(cast):
    practice = cast_module.practice(cast, state="running", subject="individual")
    given = dict(zip((c.pk for c in scenes.criteria(cast, "individual")), map(Decimal, (20, 20, 20, 25, 15)), strict=True))
    assert score.self_score(practice, given, by=cast.registrant).criteria_set == cast.criteria["individual"]
    with pytest.raises(InvalidInput):
        score.self_score(practice, scenes.points(cast, 1, 1, 1, 1, 1), by=cast.registrant)


@pytest.mark.parametrize("bad", [(21, 1, 1, 1, 1), (-1, 1, 1, 1, 1), (None, 1, 1, 1, 1), (1.25, 1, 1, 1, 1)])
def test_refused_points(cast, bad):
    practice = cast_module.practice(cast, state="running")
    with pytest.raises(InvalidInput) as refusal:
        score.self_score(practice, scenes.points(cast, *bad), by=cast.registrant)
    assert refusal.value.field == f"points-{scenes.criteria(cast)[0].pk}"
    assert not ScoreSheet.objects.exists()


def test_refused_while_the_criteria_do_not_add_up(cast):
    cast.criteria["collective"].criteria.filter(order=5).update(max_points=14)
    with pytest.raises(InvalidInput):
        score.self_score(cast_module.practice(cast, state="running"), scenes.points(cast, 1, 1, 1, 1, 1), by=cast.registrant)


@pytest.mark.parametrize("who", ["officer", "evaluator", "leader", "outsider"])
def test_refused_for_others(cast, who):
    with pytest.raises(Refused):
        score.self_score(cast_module.practice(cast, state="running"), scenes.points(cast, 1, 1, 1, 1, 1), by=getattr(cast, who))


def test_refused_once_proposed(cast):
    with pytest.raises(Refused):
        score.self_score(cast_module.practice(cast, state="proposed"), scenes.points(cast, 1, 1, 1, 1, 1), by=cast.registrant)


def test_the_page_keeps_what_was_typed_when_a_box_is_wrong(cast, signed_in):
    practice = cast_module.practice(cast, state="running")
    given = {f"points-{c.pk}": "10" for c in scenes.criteria(cast)} | {f"points-{scenes.criteria(cast)[0].pk}": "99"}
    answer = signed_in(cast.registrant).post(reverse("practices_desk:self_score", args=[practice.pk]), given | {"remark": "Giữ lại"})
    assert answer.status_code == 200
    assert "Giữ lại" in answer.content.decode()
    assert not ScoreSheet.objects.exists()
