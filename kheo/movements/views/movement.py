"""A movement itself at the desk: launch it, change what it says and its fields."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.accounts.views.access import role_required
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.forms import rows
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import require
from kheo.movements import forms, policy
from kheo.movements.actions import write_movement
from kheo.movements.models import Movement
from kheo.organizations import queries as organizations

PREFIX = "fields"
launching = role_required(*policy.LAUNCHING)


@launching
def launch(request: HttpRequest) -> HttpResponse:
    """A new movement."""
    return _write(request, None)


@launching
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a movement and its fields."""
    movement = get_object_or_404(Movement.objects.select_related("area"), slug=slug)
    require(policy.may(request.user, "launch", movement.area))
    return _write(request, movement)


def _write(request: HttpRequest, current: Movement | None) -> HttpResponse:
    form, lines = _bound(request, current)
    if request.method == "POST" and not rows.added_row(request.POST, PREFIX) and form.is_valid() and lines.is_valid():
        kept = [line.line() for line in lines if line.cleaned_data and not line.cleaned_data.get("DELETE")]
        try:
            write_movement.write_movement(form.words(), kept, by=request.user, current=current)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The movement was saved."))
            return redirect("movements:index")
    return render(request, "movements/desk/write_movement.html", {"form": form, "lines": lines, "current": current})


def _bound(request: HttpRequest, current: Movement | None) -> tuple[forms.MovementForm, Any]:
    reached = accounts.rights(request.user).units(policy.LAUNCHING)
    areas = organizations.with_versions().filter(pk__in=reached)
    data = written(request)
    if data is not None:
        if rows.added_row(data, PREFIX):
            data = rows.with_added_row(data, PREFIX)
        return forms.MovementForm(data, areas=areas), forms.FieldFormSet(data, prefix=PREFIX)
    if current is None:
        return forms.MovementForm(areas=areas), forms.FieldFormSet(prefix=PREFIX, initial=[{}])
    initial = [{name: getattr(field, name) for name in forms.FieldForm.base_fields} for field in current.fields.all()]
    return (
        forms.MovementForm(areas=areas, initial=forms.MovementForm.initial_of(current)),
        forms.FieldFormSet(prefix=PREFIX, initial=initial),
    )
