"""Criteria sets at the desk: read, write, make the next version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kheo.accounts.views.access import desk_required
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.forms import rows
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import require
from kheo.movements import forms, policy
from kheo.movements.actions import write_criteria
from kheo.movements.models import CriteriaSet, Movement

PREFIX = "criteria"


@desk_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One criteria set with its criteria and the cycles that use it."""
    shown = get_object_or_404(CriteriaSet.objects.select_related("movement__area", "basis"), pk=pk)
    return render(
        request,
        "movements/desk/criteria.html",
        {
            "criteria_set": shown,
            "criteria": shown.criteria.all(),
            "uses": shown.cycle_choices.select_related("cycle"),
            "may_manage": policy.may(request.user, "manage", shown.movement),
        },
    )


@desk_required
def write(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """A new set, or (with pk) a change of one; a frozen set gets a next version instead."""
    movement = get_object_or_404(Movement, slug=slug)
    require(policy.may(request.user, "manage", movement))
    current = get_object_or_404(CriteriaSet, pk=pk, movement=movement) if pk else None
    form, lines = _bound(request, current)
    if request.method == "POST" and not rows.added_row(request.POST, PREFIX) and form.is_valid() and lines.is_valid():
        kept = [line.line() for line in lines if line.cleaned_data and not line.cleaned_data.get("DELETE")]
        try:
            made = write_criteria.write_criteria(movement, form.header(), kept, by=request.user, current=current)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The criteria set was saved as version %(version)s.") % {"version": made.version})
            return redirect("movements:criteria", pk=made.pk)
    context = {"form": form, "lines": lines, "movement": movement, "current": current}
    return render(request, "movements/desk/write_criteria.html", context)


def _bound(request: HttpRequest, current: CriteriaSet | None) -> tuple[forms.CriteriaSetForm, Any]:
    data = written(request)
    if data is not None:
        if rows.added_row(data, PREFIX):
            data = rows.with_added_row(data, PREFIX)
        return forms.CriteriaSetForm(data), forms.CriterionFormSet(data, prefix=PREFIX)
    if current is None:
        initial = {"total": 100, "pass_points": 80, "exemplary_points": 90, "minimum_evaluators": 2, "minimum_months": 0}
        blank = [{"step": "0,5", "required": True} for _n in range(5)]
        return forms.CriteriaSetForm(initial=initial), forms.CriterionFormSet(initial=blank, prefix=PREFIX)
    lines = [
        {name: getattr(line, name) for name in forms.CriterionForm.base_fields} for line in current.criteria.all()
    ]
    return (
        forms.CriteriaSetForm(initial=forms.CriteriaSetForm.initial_of(current)),
        forms.CriterionFormSet(initial=lines, prefix=PREFIX),
    )
