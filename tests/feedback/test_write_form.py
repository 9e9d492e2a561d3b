"""Questionnaires: versions, and no question that asks who one is."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.core.errors import InvalidInput, Refused
from kheo.feedback.actions.write_form import NewQuestion, write_form
from kheo.feedback.models import SurveyForm

START = date(2024, 1, 1)


def test_it_works(scene):
    made = write_form("PKS07", "Mức độ hài lòng", [NewQuestion("Bạn có hài lòng?")], START, by=scene.cast.officer)
    assert made.version == 2 and SurveyForm.objects.get(code="PKS07", version=1).questions.count() == 5
    again = write_form("PKS07", "Mức độ hài lòng", [NewQuestion("Một"), NewQuestion("Hai")], START, by=scene.cast.officer)
    assert again.pk == made.pk and again.questions.count() == 2


@pytest.mark.parametrize("words", ["Họ và tên của bạn", "Số điện thoại", "ho ten", "Số CCCD"])
def test_a_question_that_asks_who_one_is(scene, words):
    with pytest.raises(InvalidInput):
        write_form("KS", "Khảo sát", [NewQuestion(words)], START, by=scene.cast.officer)


def test_less_than_five_is_refused(scene):
    with pytest.raises(InvalidInput) as refusal:
        write_form("KS", "Khảo sát", [NewQuestion("A")], START, by=scene.cast.officer, publish_from=3)
    assert refusal.value.field == "publish_from"


def test_a_choice_needs_choices(scene):
    with pytest.raises(InvalidInput):
        write_form("KS", "Khảo sát", [NewQuestion("A", "choice", ("một",))], START, by=scene.cast.officer)


@pytest.mark.parametrize("who", ["evaluator", "leader", "registrant", "outsider"])
def test_others_write_none(scene, who):
    with pytest.raises(Refused):
        write_form("KS", "Khảo sát", [NewQuestion("A")], START, by=getattr(scene.cast, who))
