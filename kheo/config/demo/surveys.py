"""Demo: one survey with enough answers to publish and one with too few. The answers are made up."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kheo.feedback.actions import open_survey, respond
from kheo.feedback.models import Question, SurveyForm
from kheo.organizations.models import Organization

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

# degrees of each person, question by question
MANY = ("5544", "4454", "5555", "4445", "3444", "5454", "4344", "5545", "2334", "4455", "5444", "4544")
FEW = ("554", "445", "545")
WORDS = {0: "Nên có thêm ghế ngồi chờ buổi sáng.", 4: "Bảng chỉ dẫn phòng hơi nhỏ, người già khó đọc."}


def tell(story: Story) -> None:
    """The chapter."""
    today = timezone.localdate()
    kinds = (("peoples-committee", "PKS07", MANY), ("one-stop", "PKS05", FEW))
    for kind, code, people in kinds:
        unit = Organization.objects.get(versions__kind__code=kind, versions__parent=story.units.keys["bim-son"])
        form = SurveyForm.objects.filter(code=code).latest("version")
        survey = open_survey.open_survey(form, unit, today - timedelta(days=20), today + timedelta(days=40), by=story.user("canbo"))
        questions = list(form.questions.all())
        for n, degrees in enumerate(people):
            given: dict[int, int | str | None] = {q.pk: int(d) for q, d in zip(questions, degrees, strict=False)}
            given |= {q.pk: WORDS.get(n, "") for q in questions if q.kind == Question.Kind.TEXT}
            respond.respond(survey, uuid.uuid4(), given)
