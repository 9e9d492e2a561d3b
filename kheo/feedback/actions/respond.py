"""Take in one anonymous response. Not in the audit log: that would say when somebody answered."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput, Refused
from kheo.core.files.identity import find
from kheo.core.rules import text
from kheo.feedback import queries
from kheo.feedback.models import Answer, Question, Response, Survey


def respond(survey: Survey, visit: uuid.UUID, given: Mapping[int, int | str | None]) -> bool:
    """Keep the answers by number of the question; True when they were new.

    `visit` is the one-time token of the visit: the same one again changes nothing. Words in which
    telephone or identity numbers are found are refused, so that nobody gives themselves away.
    """
    if not queries.is_open(survey):
        raise Refused(_("This survey takes no more answers."))
    digest = hashlib.sha256(visit.bytes).hexdigest()
    answers = [_answer(question, given.get(question.pk)) for question in survey.form.questions.all()]
    if Response.objects.filter(visit=digest).exists():
        return False
    try:
        with transaction.atomic():
            made = Response.objects.create(survey=survey, day=timezone.localdate(), visit=digest)
            for answer in answers:
                answer.response = made
            Answer.objects.bulk_create(answer for answer in answers if answer.value is not None or answer.text)
    except IntegrityError:  # a second press arrived at the same instant
        return False
    return True


def _answer(question: Question, given: int | str | None) -> Answer:
    field = f"q{question.pk}"
    if question.kind == Question.Kind.TEXT:
        words = text.squeeze(text.nfc(str(given or "")))[:1000]
        if find(words):
            raise InvalidInput(_("Leave telephone and identity numbers out: the survey is anonymous."), field=field)
        return Answer(question=question, text=words)
    if given in (None, ""):
        if question.required:
            raise InvalidInput(_("Choose an answer."), field=field)
        return Answer(question=question)
    most = len(queries.labels(question))
    if not isinstance(given, int) or not 1 <= given <= most:
        raise InvalidInput(_("Choose one of the answers."), field=field)
    return Answer(question=question, value=given)
