"""The friendly-government programme: launch, self-score with evidence, evaluation, result."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kheo.accounts.models import Role
from kheo.core.errors import InvalidInput, Refused
from kheo.inspections.actions import assess, programme
from kheo.inspections.actions.assess import Points
from kheo.inspections.queries import programmes
from tests.cast import document, person

FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)


def opened(scene, ward="ba-dinh", by=None):
    return assess.open_assessment(scene.programme, scene.cast.wards[ward], FIRST, LAST, by=by or scene.secretary)


def points(assessment, less=0, words="Kế hoạch 12/KH-UBND"):
    return {row.criterion_id: Points(row.criterion.max_points - less, words) for row in assessment.scores.select_related("criterion")}


def test_it_works(scene):
    made = opened(scene)
    sent = assess.submit(made, points(made), by=scene.secretary)
    assert sent.self_total == 100 and sent.receipt_number.startswith("TCD-2023-")
    assess.evaluate(sent, points(made, less=1, words="Thiếu minh chứng"), by=scene.cast.evaluator)
    assess.evaluate(sent, points(made, less=2, words="Thiếu minh chứng"), by=scene.cast.evaluator2)
    done = assess.conclude(sent, by=scene.cast.officer)
    assert (done.final_total, done.grade, done.state) == (Decimal("92.50"), "Tốt", "concluded")
    assert [row.final for row in done.scores.all()] == [Decimal(n) for n in ("18.50", "23.50", "18.50", "13.50", "18.50")]


def test_the_scheme_has_a_hundred_points(scene):
    scheme = scene.programme.schemes.get()
    assert [int(c.max_points) for c in scheme.criteria.all()] == [20, 25, 20, 15, 20] and scheme.minimum_evaluators == 1


def test_points_need_evidence(scene):
    made = opened(scene)
    with pytest.raises(InvalidInput) as refusal:
        assess.submit(made, points(made, words=""), by=scene.secretary)
    assert refusal.value.field.startswith("words-")


@pytest.mark.parametrize("wrong", ["21", "-1", "0.3"])
def test_points_that_do_not_fit(scene, wrong):
    made = opened(scene)
    first = made.scores.first().criterion_id
    with pytest.raises(InvalidInput) as refusal:
        assess.save_self_score(made, {first: Points(Decimal(wrong), "x")}, by=scene.secretary)
    assert refusal.value.field == f"points-{first}"


def test_sending_twice_changes_nothing(scene):
    made = opened(scene)
    first = assess.submit(made, points(made), by=scene.secretary)
    again = assess.submit(made, points(made, less=5), by=scene.secretary)
    assert (again.receipt_number, again.self_total) == (first.receipt_number, 100)


def test_nobody_evaluates_the_own_unit(scene):
    made = opened(scene)
    sent = assess.submit(made, points(made), by=scene.secretary)
    own = person("tham-dinh-3", "Thẩm định Ba Đình", (Role.EVALUATOR, scene.cast.bim_son), works_at=scene.cast.wards["ba-dinh"])
    with pytest.raises(Refused):
        assess.evaluate(sent, points(made), by=own)
    with pytest.raises(Refused):
        assess.evaluate(sent, points(made), by=scene.cast.officer)


def test_a_difference_needs_its_reason(scene):
    made = opened(scene)
    sent = assess.submit(made, points(made), by=scene.secretary)
    with pytest.raises(InvalidInput):
        assess.evaluate(sent, points(made, less=1, words=" "), by=scene.cast.evaluator)


def test_no_result_without_an_evaluation(scene):
    made = opened(scene)
    sent = assess.submit(made, points(made), by=scene.secretary)
    with pytest.raises(InvalidInput):
        assess.conclude(sent, by=scene.cast.officer)


def test_a_used_scheme_is_never_changed(scene):
    opened(scene)
    lines = [programme.Line("Chung", Decimal(100))]
    newer = programme.write_scheme(scene.programme, programme.SchemeData(lines, date(2024, 1, 1)), by=scene.cast.officer)
    assert newer.version == 2 and scene.programme.schemes.get(version=1).criteria.count() == 5
    with pytest.raises(InvalidInput):
        programme.write_scheme(scene.programme, programme.SchemeData([programme.Line("Chung", Decimal(99))], date(2024, 1, 1)), by=scene.cast.officer)


def test_the_launched_board(scene):
    paper = document("3/KH-UBND", date(2022, 3, 1), title="Ra mắt", issuer="UBND phường")
    wards = [w for slug, w in scene.cast.wards.items() if slug != "xa-quang-trung"]  # the programme speaks of wards
    for n, ward in enumerate(wards, start=1):
        programme.launch(scene.programme, ward, date(2022, 3, n), paper, by=scene.cast.officer)
        board = programmes.board(scene.programme, 2023)
        assert (board.launched.numerator, board.launched.denominator) == (n, 6)
    assert programmes.board(scene.programme, 2022, date(2022, 3, 2)).launched.numerator == 2
    with pytest.raises(Refused):
        programme.launch(scene.programme, wards[0], date(2022, 3, 1), paper, by=scene.cast.evaluator)
    with pytest.raises(InvalidInput):
        programme.launch(scene.programme, wards[0], date(2021, 3, 1), paper, by=scene.cast.officer)


def test_a_programme_that_began_within_the_year_is_scored_from_its_beginning(scene):
    scene.programme.starts_on = date(2023, 6, 1)
    scene.programme.save()
    scene.programme.schemes.update(valid_from=date(2023, 6, 1))
    assert opened(scene).period_from == date(2023, 6, 1)
    assert opened(scene) == opened(scene)
