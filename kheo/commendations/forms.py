"""Forms of commendations at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from kheo.commendations.models import Form
from kheo.core import forms as kheo_forms
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization


class FrameForm(kheo_forms.Form):
    """Which form of commendation, in which cycle, for which area."""

    form = forms.ModelChoiceField(label=_("Form of commendation"), queryset=Form.objects.select_related("level"))
    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.order_by("-starts_on"))
    unit = forms.ModelChoiceField(label=_("Area"), queryset=Organization.objects.none())
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class HonoureeForm(kheo_forms.Form):
    """An honouree without a practice in the registry."""

    name = forms.CharField(label=_("Name of the collective or person"), max_length=200, required=False)
    unit_text = forms.CharField(label=_("Unit"), max_length=200, required=False)
    achievement = forms.CharField(label=_("Achievement"), max_length=500, required=False)
    person = forms.BooleanField(label=_("A person"), required=False)
    minor = forms.BooleanField(label=_("Under 18"), required=False)


HonoureeFormSet = formset_factory(HonoureeForm, extra=0, max_num=300, can_delete=True)


class ConsentForm(kheo_forms.Form):
    """Whether a person agrees to be named, and where that is written down."""

    given = forms.ChoiceField(label=_("Consent to be named in public"), choices=[("yes", _("Given")), ("no", _("Refused"))], widget=forms.RadioSelect)
    note = forms.CharField(label=_("Where it is written down"), max_length=200, required=False, help_text=_("For example: signed sheet in the file of the decision"))


class WithdrawForm(kheo_forms.Form):
    """Why a commendation is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
