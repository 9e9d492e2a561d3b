"""Movements at the desk: cycles with their calendar, criteria sets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.accounts.views.access import desk_required
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import require
from kheo.movements import forms, policy, queries
from kheo.movements.actions import close_cycle, set_up_cycle
from kheo.movements.models import Cycle, Milestone, Movement


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """Every movement with its cycles and criteria sets."""
    movements = [
        {
            "movement": movement,
            "cycles": list(queries.cycles(movement)),
            "sets": list(queries.sets_with_counts(movement)),
            "fields": list(movement.fields.all()),
            "may_manage": policy.may(request.user, "manage", movement),
            "may_launch": policy.may(request.user, "launch", movement.area),
        }
        for movement in Movement.objects.select_related("featured_cycle", "area")
    ]
    may_launch = accounts.rights(request.user).has(*policy.LAUNCHING)
    return render(request, "movements/desk/index.html", {"movements": movements, "may_launch": may_launch})


@desk_required
def create_cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a new cycle."""
    movement = get_object_or_404(Movement, slug=slug)
    require(policy.may(request.user, "manage", movement))
    form = forms.CycleForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            cycle = set_up_cycle.create_cycle(movement, by=request.user, **form.cleaned_data)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The cycle was created. Now set its milestones."))
            return redirect("movements:cycle", pk=cycle.pk)
    return render(request, "movements/desk/create_cycle.html", {"form": form, "movement": movement})


@desk_required
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """One cycle: its calendar, its criteria and what can be done."""
    shown = get_object_or_404(Cycle.objects.select_related("movement__area", "plan"), pk=pk)
    return render(
        request,
        "movements/desk/cycle.html",
        {
            "cycle": shown,
            "calendar": queries.calendar(shown),
            "choices": shown.criteria_choices.select_related("criteria_set"),
            "may_manage": policy.may(request.user, "manage", shown.movement),
            "may_close": policy.may(request.user, "close", shown.movement),
            "is_featured": shown.movement.featured_cycle_id == shown.pk,
        },
    )


@desk_required
def set_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or change one step; ?kind= opens an existing one."""
    shown = get_object_or_404(Cycle.objects.select_related("movement"), pk=pk)
    require(policy.may(request.user, "manage", shown.movement))
    kind = request.GET.get("kind", "")
    existing = Milestone.objects.filter(cycle=shown, kind=kind).first() if kind else None
    initial = (
        {name: getattr(existing, name) for name in forms.MilestoneForm.base_fields}
        if existing
        else {"period_from": shown.starts_on, "period_to": shown.ends_on, "kind": kind}
    )
    form = forms.MilestoneForm(written(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_up_cycle.set_milestone(shown, by=request.user, **form.cleaned_data)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The milestone was saved."))
            return redirect("movements:cycle", pk=pk)
    return render(request, "movements/desk/set_milestone.html", {"form": form, "cycle": shown})


@desk_required
def choose_criteria(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a criteria set for the cycle."""
    shown = get_object_or_404(Cycle.objects.select_related("movement"), pk=pk)
    require(policy.may(request.user, "manage", shown.movement))
    form = forms.ChooseCriteriaForm(written(request), sets=shown.movement.criteria_sets.all())
    if request.method == "POST" and form.is_valid():
        try:
            set_up_cycle.choose_criteria(shown, form.cleaned_data["criteria_set"], by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The criteria were chosen."))
            return redirect("movements:cycle", pk=pk)
    return render(request, "movements/desk/choose_criteria.html", {"form": form, "cycle": shown})


@desk_required
def feature(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: show this cycle on the home page."""
    shown = get_object_or_404(Cycle.objects.select_related("movement"), pk=pk)
    if request.method == "POST":
        set_up_cycle.feature(shown, by=request.user)
        messages.success(request, _("The home page now shows this cycle."))
    return redirect("movements:cycle", pk=pk)


@desk_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the cycle, or reopen it with a reason; GET asks first."""
    shown = get_object_or_404(Cycle.objects.select_related("movement"), pk=pk)
    require(policy.may(request.user, "close", shown.movement))
    form = forms.ReasonForm(written(request)) if shown.closed_at else None
    if request.method == "POST":
        if form is None:
            close_cycle.close_cycle(shown, by=request.user)
            messages.success(request, _("The cycle is closed; its records are frozen."))
            return redirect("movements:cycle", pk=pk)
        if form.is_valid():
            close_cycle.reopen_cycle(shown, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The cycle is open again."))
            return redirect("movements:cycle", pk=pk)
    return render(request, "movements/desk/close.html", {"form": form, "cycle": shown})
