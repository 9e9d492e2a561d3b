"""An open survey about phường Bỉm Sơn."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from kheo.feedback.actions import open_survey, respond
from kheo.feedback.models import Question, Survey, SurveyForm
from tests.cast import Cast


@dataclass
class Scene:
    """The survey and a way to answer it."""

    cast: Cast
    survey: Survey

    def given(self, degree: int = 5, **more: Any) -> dict[int, Any]:
        """Every degree the same."""
        found: dict[int, Any] = {q.pk: degree for q in self.survey.form.questions.all() if q.kind == Question.Kind.SCALE}
        return found | {q.pk: more.get("words", "") for q in self.survey.form.questions.all() if q.kind == Question.Kind.TEXT}

    def answer(self, degree: int = 5, **more: Any) -> bool:
        """One person answers."""
        return respond.respond(self.survey, uuid.uuid4(), self.given(degree, **more))


@pytest.fixture
def scene(cast: Cast) -> Scene:
    today = date.today()
    made = open_survey.open_survey(
        SurveyForm.objects.get(code="PKS07"), cast.bim_son, today - timedelta(days=3), today + timedelta(days=10), by=cast.officer
    )
    return Scene(cast, made)
