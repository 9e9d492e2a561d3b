"""Where counting began, as a form."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField, StrictNumberField


class OpeningForm(kheo_forms.Form):
    """The total of an older counter at the beginning of a day."""

    total = StrictNumberField(label=_("Page views until then"), whole=True, min_value=0, help_text=_("The total of the older counter, for example 6.075.017"))
    on = StrictDateField(label=_("At the beginning of"), help_text=_("Page views from this day on are added. Day/month/year, for example 03/12/2023"))
    note = forms.CharField(label=_("Note for readers"), max_length=300, required=False, help_text=_("Stands beside the figure, for example: the counter of the former site"))

    def clean_on(self) -> date:
        """Counting cannot begin in the future."""
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day %(day)s has not come yet."), params={"day": f"{day:%d/%m/%Y}"})
        return day
