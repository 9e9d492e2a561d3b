"""The forms of the reorganization pages; together they make a rules.Plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.organizations import rules
from kheo.organizations.forms.fields import UnitField
from kheo.organizations.forms.units import DAY_HINT
from kheo.organizations.models import OrganizationKind, OrganizationVersion

# Units of these branches live on when their superior unit ends; bodies of power end with it.
PASSING_BRANCHES = frozenset({"community", "public_service", "enterprise"})


class PlanForm(kheo_forms.Form):
    """What every reorganization has."""

    on = StrictDateField(label=_("First day of the new order"), help_text=DAY_HINT)
    note = forms.CharField(label=_("Note on the reorganization"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class SplitForm(PlanForm):
    """A split may leave the old unit a part."""

    keeps = forms.BooleanField(label=_("The unit goes on existing with the part that is left"), required=False)


class TransferForm(PlanForm):
    """Units pass to another superior unit."""

    to_parent = UnitField(label=_("New superior unit"))


class RenameForm(PlanForm):
    """A new name, kind or code; what stays empty is kept."""

    name = forms.CharField(label=_("New name"), max_length=200, required=False)
    kind = forms.ModelChoiceField(label=_("New kind"), queryset=OrganizationKind.objects.all(), required=False, to_field_name="code", empty_label=_("As before"))
    code = forms.CharField(label=_("New official code"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        """At least one of them is new."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("name", "kind", "code")):
            raise ValidationError(_("Write a new name, a new kind or a new code."))
        return data

    def change(self) -> rules.Change:
        """The change as the plan takes it."""
        data = self.cleaned_data
        return rules.Change(name=data["name"], kind=data["kind"].code if data["kind"] else "", code=data["code"] or None)


class UnitRowForm(kheo_forms.Form):
    """One unit of the old order."""

    unit = UnitField(label=_("Unit"))


class SuccessorRowForm(kheo_forms.Form):
    """One unit of the new order: one that exists, or a new one."""

    existing = UnitField(label=_("A unit that exists"), required=False)
    name = forms.CharField(label=_("or a new unit: its full name"), max_length=200, required=False)
    kind = forms.ModelChoiceField(label=_("Kind of the new unit"), queryset=OrganizationKind.objects.all(), required=False, to_field_name="code", empty_label=_("Choose the kind"))
    code = forms.CharField(label=_("Official code of the new unit"), max_length=20, required=False)
    parent = UnitField(label=_("The new unit belongs to"), required=False)

    def clean(self) -> dict[str, Any]:
        """Either an existing unit or a whole new one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("existing") and data.get("name"):
            raise ValidationError(_("Choose a unit that exists or name a new one, not both."))
        if data.get("name") and not data.get("kind"):
            self.add_error("kind", _("Choose the kind of the new unit."))
        return data

    def successor(self) -> rules.Successor | None:
        """The successor as the plan takes it; None for an empty row."""
        data = self.cleaned_data
        if data.get("existing"):
            return rules.Successor(existing=data["existing"].pk)
        if not data.get("name"):
            return None
        parent = data["parent"].pk if data.get("parent") else None
        return rules.Successor(new=rules.NewUnit(data["name"], data["kind"].code, parent, data["code"]))


UnitRows = forms.formset_factory(UnitRowForm, extra=0, min_num=1, can_delete=True, max_num=60)
SuccessorRows = forms.formset_factory(SuccessorRowForm, extra=0, min_num=1, can_delete=True, max_num=30)


class BelowForm(kheo_forms.Form):
    """What becomes of each unit below the units that end: two fields per unit."""

    mark_optional = False

    def __init__(self, *args: Any, below: Sequence[OrganizationVersion], successors: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.below = list(below)
        choices = [*((str(n), _("passes to %(unit)s") % {"unit": name}) for n, name in enumerate(successors)), ("end", _("ends as well"))]
        for child in self.below:
            self.fields[f"to-{child.organization_id}"] = forms.ChoiceField(
                label=child.name, choices=choices, initial=self.usual(child, len(successors))
            )
            self.fields[f"name-{child.organization_id}"] = forms.CharField(
                label=_("New name of %(unit)s") % {"unit": child.name}, required=False, max_length=200
            )

    @staticmethod
    def usual(child: OrganizationVersion, successors: int) -> str:
        """Groups, schools and enterprises usually pass; bodies of power usually end."""
        return "0" if successors and child.kind.branch in PASSING_BRANCHES else "end"

    @property
    def lines(self) -> list[dict[str, Any]]:
        """For the table: the unit and its two fields."""
        return [
            {"child": child, "to": self[f"to-{child.organization_id}"], "name": self[f"name-{child.organization_id}"]}
            for child in self.below
        ]

    def moves(self) -> tuple[rules.Move, ...]:
        """The answers as the plan takes them."""
        found = []
        for child in self.below:
            to = self.cleaned_data[f"to-{child.organization_id}"]
            name = self.cleaned_data[f"name-{child.organization_id}"]
            found.append(rules.Move(child.organization_id, None if to == "end" else int(to), "" if to == "end" else name))
        return tuple(found)
