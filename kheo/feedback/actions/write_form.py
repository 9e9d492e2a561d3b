"""Write a questionnaire, or its next version once a survey has used it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.files.identity import find
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.feedback import policy
from kheo.feedback.models import Question, SurveyForm

# A question that asks who one is would undo the anonymity; folded, as people may write it.
ASKS_WHO = ("ho ten", "ho va ten", "so dien thoai", "cccd", "can cuoc", "so dinh danh", "dia chi cua ong", "email cua")


@dataclass(frozen=True)
class NewQuestion:
    """One question as written."""

    text: str
    kind: str = Question.Kind.SCALE
    choices: Sequence[str] = field(default_factory=tuple)
    required: bool = True


def write_form(
    code: str, name: str, questions: Sequence[NewQuestion], valid_from: date, *, by: Any, intro: str = "", publish_from: int = 5, basis: Document | None = None
) -> SurveyForm:
    """Save a questionnaire under its code. Refuses questions that ask who one is."""
    require(policy.may(by, "write_form"))
    _check(code, name, questions, publish_from)
    with transaction.atomic():
        newest = SurveyForm.objects.select_for_update().filter(code=code).order_by("-version").first()
        if newest is not None and newest.frozen_at is None:
            made = newest
            made.questions.all().delete()
        else:
            last = SurveyForm.objects.filter(code=code).aggregate(n=Max("version"))["n"] or 0
            made = SurveyForm(code=code, version=last + 1)
        made.name, made.intro, made.valid_from = text.squeeze(text.nfc(name))[:200], intro.strip(), valid_from
        made.publish_from, made.basis = publish_from, basis
        made.save()
        Question.objects.bulk_create(
            Question(form=made, order=n, text=q.text.strip()[:400], kind=q.kind, choices=list(q.choices), required=q.required and q.kind != Question.Kind.TEXT)
            for n, q in enumerate(questions, start=1)
        )
        record.record("feedback.write_form", made, by=by, version=made.version, criteria=len(questions))
    return made


def _check(code: str, name: str, questions: Sequence[NewQuestion], publish_from: int) -> None:
    if not code.strip() or not name.strip():
        raise InvalidInput(_("Write code and name of the questionnaire."), field="name")
    if not questions:
        raise InvalidInput(_("Write at least one question."), field="questions")
    if publish_from < 5:
        raise InvalidInput(_("Results are published from at least 5 answers, so that nobody can be recognized."), field="publish_from")
    for question in questions:
        folded = text.fold(question.text)
        if any(words in folded for words in ASKS_WHO) or find(question.text):
            raise InvalidInput(
                _("“%(text)s” asks who one is. The survey is anonymous: leave names, telephone and identity numbers out.") % {"text": question.text[:80]},
                field="questions",
            )
        if question.kind == Question.Kind.CHOICE and not 2 <= len(question.choices) <= 12:
            raise InvalidInput(_("“%(text)s” needs 2 to 12 choices.") % {"text": question.text[:80]}, field="questions")
