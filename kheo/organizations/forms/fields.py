"""A field in which a unit is typed by code, name or label; the page offers the labels in a datalist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kheo.organizations import queries
from kheo.organizations.models import Organization


class UnitField(forms.CharField):
    """The value is an Organization. The template includes organizations/desk/units_datalist.html once."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Type the name or the code, then choose from the list"))
        kwargs.setdefault("max_length", 400)
        super().__init__(widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """Resolve the text; says which units it may mean when there is more than one."""
        typed = super().clean(value)
        if not typed:
            return None
        found = queries.resolve(typed)
        if not found:
            raise ValidationError(_("There is no unit “%(text)s”. Choose one from the list."), params={"text": typed[:80]})
        if len({row.version.organization_id for row in found}) > 1:
            options = "; ".join(queries.label(row.version, row.parent_name) for row in found[:5])
            raise ValidationError(_("“%(text)s” can mean: %(options)s. Write it out."), params={"text": typed[:80], "options": options})
        return found[0].version.organization

    def prepare_value(self, value: Any) -> Any:
        """A unit as its label; what was typed stays."""
        if not isinstance(value, Organization):
            return value
        version = queries.version_of(value)
        if version is None:
            return str(value)
        parent = queries.name_on(version.parent, version.valid_from) if version.parent else ""
        return queries.label(version, parent)
