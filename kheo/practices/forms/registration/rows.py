"""The rows of the boxes 3, 6, 7 and 8: goals, forces, resources, outputs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictNumberField
from kheo.practices.forms.registration.fields import TidyField
from kheo.practices.models import Force, Resource
from kheo.practices.rules.registration import MOST_ROWS, ForceRow, GoalRow, OutputRow, ResourceRow

MOST_AMOUNT = 10**14


def _amount(label: Any, decimals: int = 3) -> StrictNumberField:
    return StrictNumberField(label=label, required=False, min_value=0, max_value=MOST_AMOUNT, decimals=decimals)


def _unit() -> TidyField:
    return TidyField(label=_("Unit of measure"), limit=40, required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}))


class GoalForm(kheo_forms.Form):
    """A measurable goal."""

    mark_optional = False
    statement = TidyField(label=_("Goal"), limit=300)
    target = _amount(_("Target figure"))
    unit = _unit()

    def row(self) -> GoalRow:
        """The understood row."""
        return GoalRow(self.cleaned_data["statement"], self.cleaned_data["unit"], self.cleaned_data["target"])


class ForceForm(kheo_forms.Form):
    """A unit or group, its part and its duty."""

    mark_optional = False
    name = TidyField(label=_("Unit or group"), limit=200)
    part = forms.ChoiceField(label=_("Part"), choices=Force.Part.choices, initial=Force.Part.PARTICIPATE)
    duty = TidyField(label=_("Duty"), limit=300, required=False)

    def row(self) -> ForceRow:
        """The understood row."""
        return ForceRow(self.cleaned_data["name"], self.cleaned_data["part"], self.cleaned_data["duty"])


class ResourceForm(kheo_forms.Form):
    """Money, facilities, people, working days, contributions."""

    mark_optional = False
    description = TidyField(label=_("What is needed and from whom"), limit=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=Resource.Kind.choices, initial=Resource.Kind.MONEY)
    amount = _amount(_("Amount"), decimals=2)
    unit = _unit()

    def row(self) -> ResourceRow:
        """The understood row."""
        given = self.cleaned_data
        return ResourceRow(given["kind"], given["description"], given["amount"], given["unit"])


class OutputForm(kheo_forms.Form):
    """A result that can be verified."""

    mark_optional = False
    result = TidyField(label=_("Result"), limit=300)
    target = _amount(_("Target figure"))
    unit = _unit()
    evidence = TidyField(label=_("How it is verified"), limit=300, required=False)

    def row(self) -> OutputRow:
        """The understood row."""
        given = self.cleaned_data
        return OutputRow(given["result"], given["unit"], given["target"], given["evidence"])


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """Rows of one box. Empty and removed rows do not count."""

    least = 0
    least_message: Any = ""

    def initial_form_count(self) -> int:
        """Every posted row may be empty: rows shown from a draft are not owed again."""
        return 0 if self.is_bound else super().initial_form_count()

    @property
    def filled(self) -> list[Any]:
        """The rows that say something, in order."""
        return [f for f in self.forms if f.has_changed() and f not in self.deleted_forms]

    def clean(self) -> None:
        """At least `least` rows."""
        if not any(self.errors) and len(self.filled) < self.least:
            raise ValidationError(self.least_message, code="few")

    def rows(self) -> tuple[Any, ...]:
        """The understood rows of a valid set."""
        return tuple(form.row() for form in self.filled)


class ForceRows(Rows):
    def clean(self) -> None:
        """Somebody has to lead."""
        super().clean()
        if not any(self.errors) and not any(f.cleaned_data["part"] == Force.Part.LEAD for f in self.filled):
            raise ValidationError(_("Say who leads: choose the part “Leads” in one row."), code="lead")


def _set(form: type[forms.BaseForm], base: type[Rows], least: int = 0, message: Any = "") -> type[Rows]:
    made: Any = formset_factory(form, formset=base, extra=0, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 1, validate_max=True)
    made.least, made.least_message = least, message
    kind: type[Rows] = made
    return kind


ROW_SETS: dict[str, type[Rows]] = {
    "goals": _set(GoalForm, Rows, 1, _("Name at least one goal that can be measured.")),
    "forces": _set(ForceForm, ForceRows, 1, _("Name at least the unit that leads.")),
    "resources": _set(ResourceForm, Rows),
    "outputs": _set(OutputForm, Rows, 1, _("Name at least one result that can be verified.")),
}


def build(name: str, data: Any = None, initial: list[dict[str, Any]] | None = None, *, more: bool = False) -> Rows:
    """The rows of one box: as posted, or from `initial`; an empty row stands there when none is filled."""
    kind = ROW_SETS[name]
    if data is not None:
        return kind(data, prefix=name)
    made = kind(prefix=name, initial=(initial or [])[:MOST_ROWS])
    made.extra = 1 if more or not initial else 0
    return made
