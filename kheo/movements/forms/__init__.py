"""Forms of the desk for movements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField, StrictNumberField
from kheo.documents.models import Document
from kheo.movements.actions.write_criteria import Header, Line
from kheo.movements.actions.write_movement import FieldLine, Words
from kheo.movements.models import CriteriaSet, Milestone, Movement, Subject
from kheo.organizations.models import Organization


class MovementForm(kheo_forms.Form):
    """What a movement says about itself."""

    name = forms.CharField(label=_("Name"), max_length=200)
    area = forms.ModelChoiceField(label=_("For the area"), queryset=Organization.objects.none(), help_text=_("Units below it take part."))
    slogan = forms.CharField(label=_("Slogan"), max_length=300, required=False)
    summary = forms.CharField(label=_("What the movement is"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=3000)
    function = forms.CharField(label=_("Duty of the standing body"), max_length=120, required=False, help_text=_("The unit that holds a mandate with these words receives the registrations."))
    decision = forms.ModelChoiceField(label=_("Launching document"), queryset=Document.objects.all(), required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    summary_en = forms.CharField(label=_("What the movement is, in English"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=3000)

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def words(self) -> Words:
        """The cleaned values as the action takes them."""
        return Words(**self.cleaned_data)

    @staticmethod
    def initial_of(movement: Movement) -> dict[str, Any]:
        """Values of an existing movement for the form."""
        return {name: getattr(movement, name) for name in Words.__dataclass_fields__}


class FieldForm(kheo_forms.Form):
    """One field of the movement."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    name = forms.CharField(label=_("Field"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=20, help_text=_("For table headings: KT, VH-XH"))
    name_en = forms.CharField(label=_("In English"), max_length=120, required=False)
    valid_from = StrictDateField(label=_("Holds from"), required=False)
    valid_to = StrictDateField(label=_("No longer holds from"), required=False)

    def line(self) -> FieldLine:
        """The cleaned values as the action takes them."""
        return FieldLine(**{name: self.cleaned_data[name] for name in FieldLine.__dataclass_fields__})


FieldFormSet = formset_factory(FieldForm, extra=0, can_delete=True, min_num=1, max_num=20, validate_min=True)


class CycleForm(kheo_forms.Form):
    """A new cycle."""

    code = forms.SlugField(label=_("Code"), max_length=20, help_text=_("Usually the year, for example 2024. It appears in receipt numbers."))
    name = forms.CharField(label=_("Name"), max_length=120)
    starts_on = StrictDateField(label=_("First day"))
    ends_on = StrictDateField(label=_("Last day"))


class MilestoneForm(kheo_forms.Form):
    """The dates of one step."""

    kind = forms.ChoiceField(label=_("Step"), choices=Milestone.Kind.choices)
    period_from = StrictDateField(label=_("The period it speaks of: from"))
    period_to = StrictDateField(label=_("The period it speaks of: until"))
    opens_on = StrictDateField(label=_("Opens on"))
    closes_on = StrictDateField(label=_("On time until"), help_text=_("The last day that counts as on time."))
    locks_on = StrictDateField(label=_("Locks after"), help_text=_("Until this day late papers are still taken and marked late."))


class ReasonForm(kheo_forms.Form):
    """Why a cycle is reopened."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class CriteriaSetForm(kheo_forms.Form):
    """The head of a criteria set."""

    name = forms.CharField(label=_("Name"), max_length=200)
    subject = forms.ChoiceField(label=_("For"), choices=Subject.choices, widget=forms.RadioSelect)
    total = StrictNumberField(label=_("Total points"), min_value=1, max_value=1000)
    pass_points = StrictNumberField(label=_("Recognized from"), min_value=0, max_value=1000)
    exemplary_points = StrictNumberField(label=_("Exemplary from"), min_value=0, max_value=1000)
    minimum_months = StrictNumberField(label=_("Least months of running"), whole=True, min_value=0, max_value=60)
    minimum_evaluators = StrictNumberField(label=_("Least number of evaluators"), whole=True, min_value=2, max_value=20)
    valid_from = StrictDateField(label=_("In force from"))
    basis = forms.ModelChoiceField(label=_("Guide"), queryset=Document.objects.all(), required=False)

    def header(self) -> Header:
        """The cleaned values as the action takes them."""
        data: dict[str, Any] = {**self.cleaned_data}
        for whole in ("minimum_months", "minimum_evaluators"):
            data[whole] = int(data[whole])
        return Header(**data)

    @staticmethod
    def initial_of(criteria_set: CriteriaSet) -> dict[str, Any]:
        """Values of an existing set for the form."""
        return {name: getattr(criteria_set, name) for name in Header.__dataclass_fields__}


class CriterionForm(kheo_forms.Form):
    """One criterion."""

    name = forms.CharField(label=_("Criterion"), max_length=400)
    max_points = StrictNumberField(label=_("Most points"), min_value=0, max_value=1000)
    step = StrictNumberField(label=_("Step"), min_value=0, max_value=100)
    required = forms.BooleanField(label=_("Must be scored"), required=False)
    guidance = forms.CharField(label=_("How to score"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    name_en = forms.CharField(label=_("In English"), required=False, max_length=400)

    def line(self) -> Line:
        """The cleaned values as the action takes them."""
        data = self.cleaned_data
        return Line(
            name=data["name"], max_points=data["max_points"], step=data["step"],
            required=data["required"], guidance=data["guidance"], name_en=data["name_en"],
        )


CriterionFormSet = formset_factory(CriterionForm, extra=0, can_delete=True, min_num=1, max_num=40, validate_min=True)


class ChooseCriteriaForm(kheo_forms.Form):
    """Which criteria set a cycle uses."""

    criteria_set = forms.ModelChoiceField(label=_("Criteria set"), queryset=CriteriaSet.objects.none())

    def __init__(self, *args: Any, sets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria_set"].queryset = sets  # type: ignore[attr-defined]
