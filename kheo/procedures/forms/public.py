"""What readers choose on the public pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kheo.core import forms as kheo_forms
from kheo.procedures.models import DossierFact


class ChoiceForm(kheo_forms.Form):
    """Period and unit of a table."""

    mark_optional = False
    ky = forms.ChoiceField(label=_("Period"), required=False)
    don_vi = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, *args: Any, periods: list[tuple[str, str]], units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ky"].choices = periods  # type: ignore[attr-defined]
        self.fields["don_vi"].choices = [("", _("All units")), *units]  # type: ignore[attr-defined]


class DossierForm(ChoiceForm):
    """Filters of the list of dossiers."""

    ket_qua = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", _("All")), ("late", _("All overdue")), *DossierFact.OutcomeChoices.choices])
    linh_vuc = forms.ChoiceField(label=_("Field"), required=False)
    q = forms.CharField(label=_("Dossier code"), required=False, max_length=60)

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["linh_vuc"].choices = [("", _("All fields")), *fields]  # type: ignore[attr-defined]


class LookUpForm(kheo_forms.Form):
    """A dossier's code and the second factor."""

    code = forms.CharField(label=_("Dossier code"), max_length=60, help_text=_("As printed on the receipt, for example H56.32.01-231105-0012"))
    factor = forms.CharField(
        label=_("Last four digits of your telephone number, or the due date"), max_length=40,
        help_text=_("The number you left with the dossier. If you left none, the due date on the receipt, for example 10/11/2023."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
