"""Reading surveys and their results."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.core.waiting import Task, Waiting
from kheo.feedback import policy, rules
from kheo.feedback.models import Answer, Question, Survey, SurveyForm

DEGREES = (_("Very dissatisfied"), _("Dissatisfied"), _("Neither"), _("Satisfied"), _("Very satisfied"))
TOO_FEW_DAYS = 14


def visible_to(user: Any) -> QuerySet[Survey]:
    """Surveys about units in reach."""
    units = accounts.rights(user).units(policy.SEEING)
    return _shown(Survey.objects.filter(unit_id__in=units))


def public() -> QuerySet[Survey]:
    """Surveys that have begun; anyone may see them and their published results."""
    return _shown(Survey.objects.filter(opens_on__lte=timezone.localdate()))


def _shown(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    return surveys.select_related("form").prefetch_related("unit__versions").annotate(answers=Count("responses"))


def is_open(survey: Survey, day: date | None = None) -> bool:
    """Whether it takes answers on a day."""
    return rules.is_open(survey.opens_on, survey.closes_on, survey.closed_at is not None, day or timezone.localdate())


def forms() -> list[SurveyForm]:
    """The newest version of each questionnaire."""
    newest: dict[str, SurveyForm] = {}
    for form in SurveyForm.objects.order_by("code", "version").prefetch_related("questions"):
        newest[form.code] = form
    return list(newest.values())


@dataclass(frozen=True)
class Line:
    """A question and what came of it."""

    question: Question
    result: rules.Result


@dataclass(frozen=True)
class Results:
    """What may be published of a survey: of `n` answers, in whole groups; lines are empty below one group."""

    n: int
    least: int
    first: date | None
    last: date | None
    lines: list[Line]
    satisfied: Any = None


def results(survey: Survey) -> Results:
    """The results over the first n answers, n being whole groups of the least number."""
    least = survey.form.publish_from
    known = list(survey.responses.order_by("pk").values_list("pk", "day"))
    n = rules.published(len(known), least)
    if not n:
        return Results(0, least, None, None, [])
    chosen = known[:n]
    values: dict[int, list[int | None]] = defaultdict(list)
    for question, value in Answer.objects.filter(response_id__in=[pk for pk, _day in chosen]).values_list("question_id", "value"):
        values[question].append(value)
    lines = [Line(q, rules.result(rules.Kind(q.kind), values[q.pk], labels(q), least)) for q in survey.form.questions.all()]
    days = [day for _pk, day in chosen]
    degrees = [value for q in survey.form.questions.all() if q.kind == Question.Kind.SCALE for value in values[q.pk]]
    overall = rules.result(rules.Kind.SCALE, degrees, [str(d) for d in DEGREES], least).satisfied if degrees else None
    return Results(n, least, min(days), max(days), lines, overall)


def labels(question: Question) -> list[str]:
    """What the values of a question mean, from 1."""
    return [str(degree) for degree in DEGREES] if question.kind == Question.Kind.SCALE else list(question.choices)


def comments(survey: Survey) -> list[str]:
    """Words that people wrote, for the officers, once there are enough answers; in alphabetical order,
    so that their order tells nothing."""
    if not rules.published(survey.responses.count(), survey.form.publish_from):
        return []
    return sorted(Answer.objects.filter(response__survey=survey).exclude(text="").values_list("text", flat=True))


def waiting(user: Any, day: date) -> list[Waiting]:
    """Running surveys of this person's units that end soon with too few answers to publish."""
    units = accounts.rights(user).units(policy.SURVEYING)
    running = _shown(Survey.objects.filter(unit_id__in=units, closed_at__isnull=True, opens_on__lte=day, closes_on__gte=day))
    ending = running.filter(closes_on__lte=day + timedelta(days=TOO_FEW_DAYS)).alias(n=Count("responses")).filter(n__lt=F("form__publish_from"))
    tasks = [
        Task(survey.form.name, reverse("feedback_desk:survey", args=[survey.pk]), str(survey.unit), "", survey.opens_on, survey.closes_on) for survey in ending
    ]
    due = min((task.due for task in tasks if task.due), default=None)
    return [Waiting("feedback.few", _("Surveys that end soon with too few answers"), len(tasks), 0, due, reverse("feedback_desk:index"), tasks[:5])]
