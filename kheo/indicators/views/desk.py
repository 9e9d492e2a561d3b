"""Definitions of indicators and plans of targets at the desk."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.accounts.views.access import role_required
from kheo.core.access import written
from kheo.core.errors import DomainError
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.documents.forms import DocumentForm
from kheo.indicators import forms, policy
from kheo.indicators.actions import define as defining
from kheo.indicators.actions import name_period
from kheo.indicators.actions import plan as planning
from kheo.indicators.models import Indicator, Plan
from kheo.indicators.queries import boards, definitions
from kheo.indicators.queries.figures import Lens
from kheo.indicators.rules import formula
from kheo.indicators.rules.readings import Reading

viewing = role_required(*policy.ROLES["view"])


@viewing
def index(request: HttpRequest) -> HttpResponse:
    """All indicators with their definition of today."""
    found = list(definitions.indicators())
    today = definitions.definitions(found, timezone.localdate())
    rows = [(i, today[i.pk]) for i in found if i.pk in today]
    return render(request, "indicators/desk/index.html", {"rows": rows, "may_define": bool(policy.may(request.user, "define"))})


@viewing
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its definitions, what it depends on and what depends on it."""
    indicator = _one(code)
    uses = sorted(definitions.depends().get(code, ()))
    return render(request, "indicators/desk/detail.html", {
        "indicator": indicator, "versions": sorted(indicator.versions.all(), key=lambda v: v.valid_from, reverse=True), "uses": uses,
        "samples": _samples(indicator), "used_by": definitions.in_use(indicator), "may_define": bool(policy.may(request.user, "define")),
    })


def _samples(indicator: Indicator) -> list[tuple[list[tuple[str, Decimal]], Reading]]:
    """The formula of today on made-up figures."""
    version = definitions.definition(indicator, timezone.localdate())
    if version is None or version.source != "formula":
        return []
    return [(list(figures.items()), made) for figures, made in formula.parse(version.formula).samples()]


def _one(code: str) -> Indicator:
    indicator = definitions.by_code(code)
    if indicator is None:
        raise Http404
    return indicator


@role_required(*policy.ROLES["define"])
def define(request: HttpRequest, code: str = "") -> HttpResponse:
    """A new indicator, or a new definition of one from a day on."""
    indicator = _one(code) if code else None
    initial = forms.DefinitionForm.initial_of(indicator) if indicator else {}
    form = forms.DefinitionForm(written(request), initial=initial, known=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            made = defining.define(
                form.cleaned_data["code"], form.definition(), by=request.user, group=form.cleaned_data["group"], order=form.cleaned_data["order"]
            )
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The definition was saved."))
            return redirect("indicators_desk:detail", code=made.code)
    heading = _("Define “%(name)s” anew") % {"name": indicator} if indicator else _("New indicator")
    return render(request, "indicators/desk/form.html", {"form": form, "heading": heading, "back": "indicators_desk:index", "back_label": _("Indicators")})


@role_required(*policy.ROLES["define"])
@require_POST
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """Delete an indicator that nothing needs."""
    try:
        defining.delete(_one(code), by=request.user)
    except DomainError as error:
        messages.error(request, describe(error))
        return redirect("indicators_desk:detail", code=code)
    messages.success(request, _("The indicator was deleted."))
    return redirect("indicators_desk:index")


@viewing
def periods(request: HttpRequest) -> HttpResponse:
    """All periods in use, and a form for one with days of its own."""
    may_define = bool(policy.may(request.user, "define"))
    form = forms.CustomPeriodForm(written(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            name_period.name_period(chosen["code"], chosen["name"], chosen["first"], chosen["last"], by=request.user)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The period was recorded."))
            return redirect("indicators_desk:periods")
    return render(request, "indicators/desk/periods.html", {"periods": definitions.periods(), "form": form, "may_define": may_define})


@viewing
def plans(request: HttpRequest) -> HttpResponse:
    """Plans side by side with their counts."""
    made = [boards.board(plan, Lens([plan.period], public=False)) for plan in boards.plans()[:40]]
    return render(request, "indicators/desk/plans.html", {"boards": made, "may_plan": bool(policy.may(request.user, "plan"))})


@role_required(*policy.ROLES["plan"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """Record a plan with its document."""
    data = written(request)
    form, document = forms.PlanForm(data, user=request.user), DocumentForm(data, prefix="document")
    if request.method == "POST" and form.is_valid() and document.is_valid():
        chosen = form.cleaned_data
        try:
            made = planning.plan(
                chosen["name"], chosen["organ"], document.save_document(by=request.user), chosen["unit"], chosen["period"], by=request.user
            )
        except DomainError as error:
            add_error(form, error)
        else:
            return redirect("indicators_desk:plan", pk=made.pk)
    return render(request, "indicators/desk/form.html", {"form": form, "document": document, "heading": _("New plan"), "back": "indicators_desk:plans", "back_label": _("Plans and targets")})


@viewing
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The targets of a plan, with a form to set or revise one."""
    shown = get_object_or_404(boards.plans(), pk=pk)
    may_plan = bool(policy.may(request.user, "plan", shown.unit_id))
    data = written(request)
    form = forms.TargetForm(data)
    if request.method == "POST" and form.is_valid() and _set(request, shown, form):
        return redirect("indicators_desk:plan", pk=pk)
    board = boards.board(shown, Lens([shown.period], public=False))
    return render(request, "indicators/desk/plan.html", {"plan": shown, "board": board, "rows": board.rows, "form": form, "may_plan": may_plan})


def _set(request: HttpRequest, shown: Plan, form: forms.TargetForm) -> bool:
    chosen = form.cleaned_data
    wanted = planning.Wanted(chosen["comparator"], chosen["value"], chosen["upper"])
    try:
        planning.set_target(
            shown, chosen["indicator"], wanted, by=request.user, valid_from=chosen["valid_from"], document=chosen["document"],
            reason=chosen["reason"], order=shown.targets.count() + 1,
        )
    except DomainError as error:
        add_error(form, error)
        return False
    messages.success(request, _("The target was set."))
    return True
