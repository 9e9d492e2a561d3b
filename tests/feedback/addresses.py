"""What the tests of the whole house walk over in the room of feedback."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kheo.feedback.actions import open_survey, respond
from kheo.feedback.models import Question, Survey, SurveyForm
from tests.cast import Cast

TABLE: dict[str, str] = {
    "feedback:index": "200 200 200 200 200 200 200 200 200",
    "feedback:survey": "200 200 200 200 200 200 200 200 200",
    "feedback:respond": "200 200 200 200 200 200 200 200 200",
    "feedback:thanks": "200 200 200 200 200 200 200 200 200",
    "feedback:results": "200 200 200 200 200 200 200 200 200",
    "feedback:code": "200 200 200 200 200 200 200 200 200",
    "feedback:poster": "200 200 200 200 200 200 200 200 200",
    "feedback_desk:index": "302 403 200 200 200 200 200 200 200",
    "feedback_desk:open_survey": "302 403 403 200 403 200 403 403 200",
    "feedback_desk:survey": "302 403 404 200 200 200 404 200 200",
    "feedback_desk:close_survey": "302 403 405 405 405 405 405 405 405",
    "feedback_desk:write_form": "302 403 403 200 403 403 403 403 200",
    "feedback_desk:change_form": "302 403 403 200 403 403 403 403 200",
}


def _survey(cast: Cast) -> Survey:
    if "survey" not in cast.extra:
        today = timezone.localdate()
        made = open_survey.open_survey(SurveyForm.objects.get(code="PKS07"), cast.bim_son, today, today + timedelta(days=20), by=cast.officer)
        for degree in (5, 4, 4, 3, 5):
            respond.respond(made, uuid.uuid4(), {q.pk: degree for q in made.form.questions.all() if q.kind == Question.Kind.SCALE})
        cast.extra["survey"] = made
    found: Survey = cast.extra["survey"]
    return found


def samples(cast: Cast) -> dict[str, dict[str, Any]]:
    """One survey with five answers."""
    made = _survey(cast)
    return {"feedback:*": {"token": made.token}, "feedback_desk:*": {"pk": made.pk}, "feedback_desk:change_form": {"pk": made.form_id}}


def pages(cast: Cast) -> dict[str, tuple[Any, str]]:
    """The pages for the browser walk."""
    made = _survey(cast)
    base = f"/gop-y/khao-sat/{made.token}/"
    return {
        "feedback": (None, "/gop-y/"), "survey": (None, base), "survey, questions": (None, f"{base}tra-loi/"), "survey, results": (None, f"{base}ket-qua/"),
        "survey, thanks": (None, f"{base}cam-on/"), "survey, poster": (None, f"{base}to-in/"), "surveys, desk": (cast.officer, "/ban-lam-viec/gop-y/"),
        "survey, desk": (cast.officer, f"/ban-lam-viec/gop-y/khao-sat/{made.pk}/"), "survey, new": (cast.officer, "/ban-lam-viec/gop-y/khao-sat/moi/"),
        "questionnaire": (cast.officer, "/ban-lam-viec/gop-y/phieu/moi/"),
    }
