"""The form that takes a workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.core.forms.widgets import UploadInput
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization

MOST_BYTES = 20 << 20


class ImportForm(kheo_forms.Form):
    """A file, the cycle it belongs to and the unit whose list it is."""

    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.none())
    unit = forms.ModelChoiceField(
        label=_("List of the unit"), queryset=Organization.objects.none(),
        help_text=_("Names in the file are looked up below this unit, as it was in the year of the cycle."),
    )
    received_on = StrictDateField(
        label=_("Received on"), required=False,
        help_text=_("The day of registration of rows that name none; empty means today. A report counts what was registered before its end."),
    )
    file = forms.FileField(
        label=_("Workbook"), help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) or .csv, at most 20 MB. Title rows, merged cells and old fonts are understood."),
        widget=UploadInput(accept=".xlsx,.xls,.ods,.csv", max_bytes=MOST_BYTES),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = Cycle.objects.filter(closed_at__isnull=True).order_by("-starts_on")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_received_on(self) -> date | None:
        """Refuse a day to come."""
        day: date | None = self.cleaned_data["received_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("The list cannot have been received in the future."))
        return day
