"""The filters of the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kheo.audit import queries, words
from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField


class FilterForm(kheo_forms.Form):
    """Person, step, object and days."""

    mark_optional = False

    person = forms.CharField(label=_("Person"), required=False, max_length=150)
    verb = forms.ChoiceField(label=_("Step"), required=False)
    kind = forms.ChoiceField(label=_("Kind of object"), required=False)
    q = forms.CharField(label=_("Name or number of the object"), required=False, max_length=200)
    since = StrictDateField(label=_("From day"), required=False)
    until = StrictDateField(label=_("To day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        kinds = sorted((words.type_name(kind), kind) for kind in queries.kinds())
        self.fields["verb"].choices = [*everything, *words.choices()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [*everything, *((kind, name) for name, kind in kinds)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The first day does not come after the last."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("since") and found.get("until") and found["since"] > found["until"]:
            raise ValidationError(_("The first day comes after the last day."))
        return found

    def criteria(self) -> dict[str, Any]:
        """What was chosen, as arguments of queries.search; wrong fields are left out."""
        self.is_valid()
        given = {**self.cleaned_data, "words": self.cleaned_data.get("q", "")}
        given.pop("q", None)
        return given
