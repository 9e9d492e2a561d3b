"""Forms of surveys: what people answer, and what officers set up."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField, StrictNumberField
from kheo.documents.forms import DocumentNumberField
from kheo.feedback import queries
from kheo.feedback.actions.write_form import NewQuestion
from kheo.feedback.models import Question, Survey, SurveyForm
from kheo.organizations.models import Organization

KINDS = {"thang": Question.Kind.SCALE, "chon": Question.Kind.CHOICE, "chọn": Question.Kind.CHOICE, "loi": Question.Kind.TEXT, "lời": Question.Kind.TEXT}
KIND_WORDS = {Question.Kind.SCALE: "thang", Question.Kind.CHOICE: "chọn", Question.Kind.TEXT: "lời"}


class AnswerForm(kheo_forms.Form):
    """The questions of a survey. No field asks who answers."""

    visit = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(survey.form.questions.all())
        for question in self.questions:
            self.fields[f"q{question.pk}"] = self._field(question)

    @staticmethod
    def _field(question: Question) -> forms.Field:
        label = f"{question.order}. {question.text}"
        if question.kind == Question.Kind.TEXT:
            return forms.CharField(
                label=label, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Please write no names, telephone or identity numbers."),
            )
        choices = [(n, words) for n, words in enumerate(queries.labels(question), start=1)]
        if question.kind == Question.Kind.SCALE:
            choices.reverse()
        return forms.TypedChoiceField(
            label=label, choices=choices, coerce=int, empty_value=None, required=question.required, widget=forms.RadioSelect,
            error_messages={"required": _("Choose an answer.")},
        )

    def given(self) -> dict[int, Any]:
        """The answers by number of the question."""
        return {question.pk: self.cleaned_data[f"q{question.pk}"] for question in self.questions}


class OpenForm(kheo_forms.Form):
    """Open a survey about some units."""

    form = forms.ModelChoiceField(label=_("Questionnaire"), queryset=SurveyForm.objects.none())
    units = forms.MultipleChoiceField(label=_("Units"), widget=forms.CheckboxSelectMultiple)
    opens_on = StrictDateField(label=_("From"), initial=date.today)
    closes_on = StrictDateField(label=_("Last day"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser, field = self.fields["form"], self.fields["units"]
        assert isinstance(chooser, forms.ModelChoiceField)
        assert isinstance(field, forms.MultipleChoiceField)
        chooser.queryset = SurveyForm.objects.filter(pk__in=[form.pk for form in queries.forms()])
        field.choices = units

    def chosen_units(self) -> list[Organization]:
        """The units ticked."""
        return list(Organization.objects.filter(pk__in=self.cleaned_data["units"]))


class WriteForm(kheo_forms.Form):
    """A questionnaire; one question on each line."""

    code = forms.SlugField(label=_("Code"), max_length=20, help_text=_("For example PKS07"))
    name = forms.CharField(label=_("Name"), max_length=200)
    intro = forms.CharField(label=_("What people read first"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)
    valid_from = StrictDateField(label=_("From"), initial=date.today)
    document = DocumentNumberField(label=_("Guide"), required=False)
    publish_from = StrictNumberField(label=_("Results are published from this many answers"), whole=True, min_value=5, max_value=200, initial=5)
    questions = forms.CharField(
        label=_("Questions"), widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One on each line. Alone: five degrees of satisfaction. “question | chọn | first; second” offers choices, “question | lời” asks for words."),
    )

    def clean_questions(self) -> list[NewQuestion]:
        """Lines as questions."""
        found = []
        for number, line in enumerate((part for part in str(self.cleaned_data["questions"]).splitlines() if part.strip()), start=1):
            words, kind, choices = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
            if kind and kind.lower() not in KINDS:
                raise ValidationError(_("Line %(n)s: “%(kind)s” is no kind of question. Write chọn or lời, or nothing.") % {"n": number, "kind": kind[:30]})
            if not words or len(words) > 400:
                raise ValidationError(_("Line %(n)s: a question has 1 to 400 characters.") % {"n": number})
            options = tuple(option.strip() for option in choices.split(";") if option.strip())
            found.append(NewQuestion(words, KINDS.get(kind.lower(), Question.Kind.SCALE), options))
        if len(found) > 40:
            raise ValidationError(_("At most 40 questions: people answer on a telephone."))
        return found

    @staticmethod
    def initial_of(form: SurveyForm) -> dict[str, Any]:
        """What a questionnaire holds, to write its next version."""
        lines = []
        for question in form.questions.all():
            kind = "" if question.kind == Question.Kind.SCALE else f" | {KIND_WORDS[Question.Kind(question.kind)]}"
            lines.append(question.text + kind + (f" | {'; '.join(question.choices)}" if question.choices else ""))
        return {
            "code": form.code, "name": form.name, "intro": form.intro, "valid_from": form.valid_from, "document": form.basis,
            "publish_from": form.publish_from, "questions": "\n".join(lines),
        }
