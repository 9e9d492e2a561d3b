"""The short forms of the steps at the desk: a reason, a message, a summary, a target unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.movements.models import Cycle
from kheo.practices.forms.registration.fields import TidyField
from kheo.practices.queries.registration import Choice


class StepForm(kheo_forms.Form):
    """A step with nothing to fill in. `version` is the state of the record the person looked at."""

    version = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def words(self) -> dict[str, Any]:
        """What the verb takes, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ReturnForm(StepForm):
    """What the unit has to complete."""

    reason = TidyField(
        label=_("What has to be completed"), limit=5_000, lines=6,
        help_text=_("The unit reads this word for word. Name the box and say what is missing."),
    )


class WithdrawForm(StepForm):
    """Why it is taken back."""

    reason = TidyField(label=_("Reason for withdrawing"), limit=2_000, lines=4, help_text=_("The officers of the ward read it."))


class MessageForm(StepForm):
    """Guidance or an answer."""

    text = TidyField(label=_("Message"), limit=5_000, lines=6)


class SummaryForm(StepForm):
    """The public summary."""

    summary = TidyField(
        label=_("Summary for the public"), limit=1_500, lines=6, required=False,
        help_text=_("Two or three sentences: what is done, for whom, what has changed. No names of persons who did not agree."),
    )


class ReplicateForm(StepForm):
    """Which unit takes it over, in which cycle, and what is adapted."""

    organization = forms.TypedChoiceField(label=_("Unit that takes it over"), coerce=int)
    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.none(), empty_label=None)
    adaptation = TidyField(
        label=_("What is adapted to the new place"), limit=5_000, lines=4,
        help_text=_("Or that it is taken over as it is."),
    )

    def __init__(self, *args: Any, units: list[tuple[str, list[Choice]]], cycles: list[Cycle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = [("", _("– choose –")), *units]  # type: ignore[attr-defined]
        self.fields["cycle"].queryset = Cycle.objects.filter(pk__in=[c.pk for c in cycles])  # type: ignore[attr-defined]
