"""Anonymous answers: counted once, published in groups of five, nothing of the person kept."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.errors import InvalidInput, Refused
from kheo.feedback import queries, rules
from kheo.feedback.actions import open_survey, respond
from kheo.feedback.models import Answer, Question, Response, Survey, SurveyForm


def test_it_works(scene):
    for degree in (5, 5, 4, 4, 2):
        scene.answer(degree)
    results = queries.results(scene.survey)
    first = results.lines[0].result
    assert (results.n, first.count, first.mean, first.satisfied) == (5, 5, Decimal("4.00"), Decimal("80.0"))
    assert [share.count for share in first.shares] == [0, 1, 0, 2, 2]
    assert results.satisfied == Decimal("80.0")


def test_below_five_nothing_is_published(scene):
    for _n in range(4):
        scene.answer(words="Nên mở cửa sớm hơn")
    assert queries.results(scene.survey).n == 0 and queries.results(scene.survey).lines == []
    assert queries.comments(scene.survey) == []


def test_results_grow_in_groups_so_that_no_single_answer_shows(scene):
    for _n in range(5):
        scene.answer(5)
    before = queries.results(scene.survey)
    scene.answer(1)
    assert queries.results(scene.survey) == before
    for _n in range(4):
        scene.answer(5)
    assert queries.results(scene.survey).n == 10


def test_the_same_visit_counts_once(scene):
    visit = uuid.uuid4()
    assert respond.respond(scene.survey, visit, scene.given()) is True
    assert respond.respond(scene.survey, visit, scene.given(1)) is False
    assert Response.objects.count() == 1


def test_nothing_of_the_person_is_kept(scene):
    scene.answer()
    names = {field.name for model in (Response, Answer) for field in model._meta.get_fields()}
    assert names == {"id", "survey", "day", "visit", "answers", "response", "question", "value", "text"}


@pytest.mark.parametrize("words", ["Gọi tôi 0912345678", "CCCD 038085001234"])
def test_numbers_of_people_are_refused(scene, words):
    with pytest.raises(InvalidInput):
        scene.answer(words=words)
    assert not Response.objects.exists()


@pytest.mark.parametrize("degree", [0, 6, None, "5"])
def test_what_is_no_answer(scene, degree):
    with pytest.raises(InvalidInput) as refusal:
        scene.answer(degree)
    assert re.fullmatch(r"q\d+", refusal.value.field)


def test_a_closed_or_past_survey_takes_nothing(scene):
    open_survey.close_survey(scene.survey, by=scene.cast.officer)
    scene.survey.refresh_from_db()
    with pytest.raises(Refused):
        scene.answer()
    Survey.objects.filter(pk=scene.survey.pk).update(closed_at=None, closes_on=date.today() - timedelta(days=1))
    scene.survey.refresh_from_db()
    with pytest.raises(Refused):
        scene.answer()


def test_an_optional_question_with_few_answers_is_withheld(scene):
    Question.objects.filter(form=scene.survey.form, order=2).update(required=False)
    question = scene.survey.form.questions.get(order=2)
    for n in range(5):
        respond.respond(scene.survey, uuid.uuid4(), scene.given() | ({} if n == 0 else {question.pk: None}))
    lines = {line.question.order: line.result for line in queries.results(scene.survey).lines}
    assert lines[2].withheld and not lines[1].withheld


def test_opening_again_gives_the_same_survey(scene):
    survey = scene.survey
    again = open_survey.open_survey(survey.form, survey.unit, survey.opens_on, survey.closes_on, by=scene.cast.officer)
    assert again == survey and SurveyForm.objects.get(code="PKS07").frozen_at is not None
    with pytest.raises(Refused):
        open_survey.open_survey(survey.form, survey.unit, date(2030, 1, 1), date(2030, 2, 1), by=scene.cast.evaluator)


@given(st.integers(0, 500), st.integers(5, 40))
def test_published_is_whole_groups(count, least):
    n = rules.published(count, least)
    assert n % least == 0 and 0 <= count - n < least


@given(st.lists(st.integers(1, 5) | st.none(), max_size=60))
def test_shares_add_up(values):
    found = rules.result(rules.Kind.SCALE, values, ["1", "2", "3", "4", "5"], 5)
    assert found.withheld == (found.count < 5)
    if not found.withheld:
        assert sum(share.count for share in found.shares) == found.count
        assert found.mean is not None and 1 <= found.mean <= 5
