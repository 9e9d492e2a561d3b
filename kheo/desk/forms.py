"""The form of one row of a reference list, made from its columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.forms import modelform_factory

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import StrictDateField
from kheo.core.reference import ReferenceList


def _field(column: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    if isinstance(column, models.DateField):
        return StrictDateField(label=column.verbose_name, required=not column.blank, help_text=column.help_text)
    return column.formfield(**options)


def row_form(found: ReferenceList, *, new: bool) -> type[forms.ModelForm[Any]]:
    """A form class for the list; fixed columns appear only while the row is new."""
    columns = [name for name in found.columns if new or name not in found.fixed]
    return modelform_factory(found.model, form=kheo_forms.ModelForm, fields=columns, formfield_callback=_field)
