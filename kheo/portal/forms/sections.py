"""Forms of sections, leaders, notices and sites at the desk."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.organizations.forms.fields import UnitField
from kheo.portal.models import Leader

CLOCKS = ["%H:%M", "%Hh%M", "%Hh", "%H giờ %M", "%H giờ"]
CLOCK = forms.TextInput(attrs={"class": "govuk-input govuk-input--width-5", "autocomplete": "off"})


class CheckForm(kheo_forms.Form):
    """A note beside "I have checked it"."""

    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("For example what was corrected"))


class StopForm(kheo_forms.Form):
    """From when to when the site stands still, and why."""

    start_on = StrictDateField(label=_("Stops on"), help_text=_("For example 05/11/2026"))
    start_time = forms.TimeField(label=_("At"), input_formats=CLOCKS, widget=CLOCK, help_text=_("For example 22:00"))
    end_on = StrictDateField(label=_("Is back on"))
    end_time = forms.TimeField(label=_("At (time of return)"), input_formats=CLOCKS, widget=CLOCK)
    reason = forms.CharField(label=_("Reason"), max_length=300)
    reason_en = forms.CharField(label=_("Reason in English"), max_length=300, required=False)
    urgent_reason = forms.CharField(label=_("Why the notice is shorter than seven working days"), max_length=300, required=False)

    def moments(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "starts_at": _moment(data["start_on"], data["start_time"]), "ends_at": _moment(data["end_on"], data["end_time"]),
            **{name: data[name] for name in ("reason", "reason_en", "urgent_reason")},
        }


def _moment(day: Any, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


class LeaderForm(kheo_forms.ModelForm):
    """A leading post."""

    unit = UnitField(label=_("Unit"))
    valid_from = StrictDateField(label=_("In this post from"))
    valid_to = StrictDateField(label=_("No longer from"), required=False)

    class Meta:
        model = Leader
        fields = ("unit", "post", "name", "duties", "biography", "phone", "email", "order", "valid_from", "valid_to")


class SiteForm(kheo_forms.Form):
    """A new site."""

    unit = UnitField(label=_("Unit"))
    name = forms.CharField(label=_("Name of the site"), max_length=150)
    host = forms.CharField(label=_("Host name"), max_length=253, help_text=_("For example bimson.thanhhoa.gov.vn: the full name without marks below the province's domain."))


class HostForm(kheo_forms.Form):
    """Another host name."""

    host = forms.CharField(label=_("Host name"), max_length=253, help_text=_("For example bimson.thanhhoa.gov.vn: the full name without marks below the province's domain."))
