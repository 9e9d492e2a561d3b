"""The form that takes a workbook of units."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.core.forms.widgets import UploadInput

MOST_BYTES = 20 << 20


class ImportUnitsForm(kheo_forms.Form):
    """A file, and the first day for rows that name none."""

    file = forms.FileField(
        label=_("Workbook"), widget=UploadInput(accept=".xlsx,.xls,.ods,.csv", max_bytes=MOST_BYTES),
        help_text=_("One row for each unit: name, code, kind, superior unit, first day, deciding document."),
    )
    start = StrictDateField(label=_("First day of rows without one"), required=False, help_text=_("For example 01/07/2025"))
