"""Forms of plans and checklists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField, StrictNumberField
from kheo.core.rules.dates import format_date
from kheo.documents.forms import DocumentNumberField
from kheo.inspections.actions.plan import PlanData
from kheo.inspections.models import Checklist, Inspection, Plan
from kheo.movements.models import Cycle
from kheo.organizations.forms.fields import UnitField
from kheo.organizations.models import Organization, OrganizationKind, OrganizationVersion


class UnitsField(forms.CharField):
    """Several units, one on each line; the value is a list of Organizations."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)
        self._one = UnitField(required=False)

    def clean(self, value: Any) -> Any:
        """Each line is resolved as one unit."""
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        return list(dict.fromkeys(self._one.clean(line) for line in lines))

    def prepare_value(self, value: Any) -> Any:
        """Units as their labels."""
        return value if isinstance(value, str) or value is None else "\n".join(str(self._one.prepare_value(unit)) for unit in value)


class PlanForm(kheo_forms.Form):
    """A plan of checks."""

    name = forms.CharField(label=_("Name of the plan"), max_length=250)
    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.select_related("movement").order_by("-starts_on"))
    document = DocumentNumberField(label=_("Plan document"), required=False)
    within = forms.ChoiceField(label=_("Within the area"))
    unit_kind = forms.ModelChoiceField(label=_("Kind of units"), queryset=OrganizationKind.objects.all())
    parent_kinds = forms.ModelMultipleChoiceField(
        label=_("Only those of"), required=False, queryset=OrganizationKind.objects.filter(is_area=True), widget=forms.CheckboxSelectMultiple,
        help_text=_("For example ward and commune: the committees of wards and communes, not that of the town"),
    )
    kinds = forms.MultipleChoiceField(label=_("Kinds of checks"), choices=Inspection.Kind.choices, widget=forms.CheckboxSelectMultiple)
    lead = UnitField(label=_("Lead body"))
    partners = UnitsField(label=_("Joint bodies"), required=False, help_text=_("One on each line, as in the list"))
    checklist = forms.ModelChoiceField(label=_("Checklist"), queryset=Checklist.objects.all())
    starts_on = StrictDateField(label=_("From"))
    ends_on = StrictDateField(label=_("Last day"))
    remind_before = forms.CharField(
        label=_("Reminders, days before the last day"), required=False, initial="14, 3, 0, -7", help_text=_("A number below 0 reminds after it")
    )
    finding_days = StrictNumberField(label=_("Working days to mend a finding"), whole=True, min_value=1, max_value=500, initial=30)

    def __init__(self, *args: Any, areas: list[OrganizationVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = {v.organization_id: v for v in reversed(areas)}
        self.areas = {str(v.organization_id): v for v in sorted(newest.values(), key=lambda v: (v.valid_to is not None, v.kind.order, v.sort_key))}
        field = self.fields["within"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, v.name + _until(v)) for key, v in self.areas.items()]

    def clean_remind_before(self) -> tuple[int, ...]:
        """Whole numbers, separated by commas."""
        parts = [part.strip() for part in str(self.cleaned_data["remind_before"]).replace(";", ",").split(",") if part.strip()]
        try:
            found = tuple(int(part.replace("−", "-")) for part in parts)
        except ValueError:
            raise ValidationError(_("Write whole numbers with commas between, for example 14, 3, 0, -7.")) from None
        if any(abs(number) > 366 for number in found):
            raise ValidationError(_("At most 366 days."))
        return found

    def data_of_plan(self) -> PlanData:
        """As the action takes it."""
        data = dict(self.cleaned_data)
        data["within"] = Organization.objects.get(pk=int(data["within"]))
        for name in ("parent_kinds", "partners", "kinds"):
            data[name] = tuple(data[name] or ())
        return PlanData(**data)

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        """What a plan holds, for changing it."""
        names = ("name", "cycle", "document", "unit_kind", "kinds", "lead", "checklist", "starts_on", "ends_on", "finding_days")
        return {name: getattr(plan, name) for name in names} | {
            "within": plan.within_id, "parent_kinds": list(plan.parent_kinds.all()), "partners": list(plan.partners.all()),
            "remind_before": ", ".join(str(n) for n in plan.remind_before),
        }


def _until(version: OrganizationVersion) -> str:
    """What follows the name of an area that has ended: its last day."""
    return " " + gettext("(until %(day)s)") % {"day": format_date(version.valid_to - timedelta(days=1))} if version.valid_to else ""


class ScheduleForm(kheo_forms.Form):
    """Checks for some units on a day."""

    kind = forms.ChoiceField(label=_("Kind"))
    planned_on = StrictDateField(label=_("Day"))
    units = forms.MultipleChoiceField(label=_("Units"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, plan: Plan, units: list[OrganizationVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds, field = self.fields["kind"], self.fields["units"]
        assert isinstance(kinds, forms.ChoiceField)
        assert isinstance(field, forms.MultipleChoiceField)
        kinds.choices = [(kind, Inspection.Kind(kind).label) for kind in plan.kinds]
        field.choices = [(str(v.organization_id), v.name) for v in units]


class ChecklistForm(kheo_forms.Form):
    """A checklist; one question on each line, what to look at after a vertical bar."""

    name = forms.CharField(label=_("Name"), max_length=200)
    valid_from = StrictDateField(label=_("From"), initial=date.today)
    document = DocumentNumberField(label=_("Guide"), required=False)
    questions = forms.CharField(
        label=_("Questions"), widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("One on each line. What to look at may follow after a bar: Has a plan | number and day of the plan"),
    )

    def clean_questions(self) -> list[tuple[str, str]]:
        """Lines as (question, what to look at)."""
        lines = [line.partition("|") for line in str(self.cleaned_data["questions"]).splitlines() if line.strip()]
        if len(lines) > 60:
            raise ValidationError(_("At most 60 questions."))
        for question, _bar, guidance in lines:
            if not question.strip() or len(question) > 400 or len(guidance) > 400:
                raise ValidationError(_("A question has 1 to 400 characters: “%(text)s”.") % {"text": question[:60]})
        return [(question.strip(), guidance.strip()) for question, _bar, guidance in lines]
