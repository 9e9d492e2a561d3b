"""Reference lists at the desk: all lists, one list, one row."""

from __future__ import annotations

import json

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kheo.accounts.views.access import desk_required
from kheo.core import reference
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.reference import ReferenceList
from kheo.core.templatetags.kheo.filters import date_vi
from kheo.core.verdicts import require
from kheo.desk import forms, policy
from kheo.desk.actions import write_reference as writing


def _list(code: str) -> ReferenceList:
    found = reference.get(code)
    if found is None:
        raise Http404
    return found


@desk_required
def lists(request: HttpRequest) -> HttpResponse:
    """Every reference list with how many rows it has."""
    shown = [{"list": found, "count": found.model._default_manager.count()} for found in reference.lists()]
    return render(request, "desk/references.html", {"lists": shown})


@desk_required
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """One list, as a table of its columns."""
    found = _list(code)
    columns = [found.model._meta.get_field(name) for name in found.columns]
    related = [column.name for column in columns if isinstance(column, models.ForeignKey)]
    lines = [
        {"row": row, "cells": [(_shown(row, column), _language(column), isinstance(column, models.JSONField)) for column in columns]}
        for row in found.model._default_manager.select_related(*related)
    ]
    context = {
        "list": found, "headings": [getattr(column, "verbose_name", column.name) for column in columns], "lines": lines,
        "may_change": policy.may(request.user, "write_reference"),
    }
    return render(request, "desk/reference.html", context)


def _language(column: models.Field | models.ForeignObjectRel) -> str:  # type: ignore[type-arg]
    """The language of a column of names in English, for readers aloud; empty for the page's own."""
    return "en" if column.name.endswith(("_en", "_english")) else ""


def _shown(row: models.Model, column: models.Field | models.ForeignObjectRel) -> str:  # type: ignore[type-arg]
    chosen = getattr(row, f"get_{column.name}_display", None)
    value = chosen() if chosen else getattr(row, column.name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None or value == "":
        return "–"
    if isinstance(column, models.JSONField):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return str(date_vi(value)) if isinstance(column, models.DateField) else str(value)


@desk_required
def write_reference(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Add a row, or change one."""
    found = _list(code)
    require(policy.may(request.user, "write_reference"))
    row = get_object_or_404(found.model, pk=pk) if pk else None
    make = forms.row_form(found, new=row is None)
    form = make(written(request), instance=row)
    if request.method == "POST" and form.is_valid():
        fresh = get_object_or_404(found.model, pk=pk) if pk else None  # the form has changed its own copy
        try:
            writing.write_reference(found, form.cleaned_data, by=request.user, row=fresh)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:reference", code=code)
    return render(request, "desk/write_reference.html", {"list": found, "row": row, "form": form})
