"""Collection rounds at the desk: the list, a new one, the board of who has sent, one unit's steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kheo.accounts.views.access import role_required
from kheo.core.access import written
from kheo.core.errors import DomainError
from kheo.core.forms.errors import add_error
from kheo.indicators import forms, policy
from kheo.indicators.actions import collect
from kheo.indicators.models import Submission
from kheo.indicators.queries import rounds

viewing = role_required(*policy.ROLES["view"])
collecting = role_required(*policy.ROLES["collect"])


@viewing
def index(request: HttpRequest) -> HttpResponse:
    """Rounds of my areas, the newest first."""
    found = rounds.visible_to(request.user).select_related("period", "unit").prefetch_related("submissions", "unit__versions")
    return render(request, "indicators/desk/rounds.html", {"rounds": found, "may_open": bool(policy.may(request.user, "collect"))})


@collecting
def new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    form = forms.RoundForm(written(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = collect.open_round(form.round_data(), form.units(), list(form.cleaned_data["indicators"]), by=request.user)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The round was opened."))
            return redirect("indicators_desk:round", pk=made.pk)
    return render(request, "indicators/desk/form.html", {"form": form, "heading": _("Open a collection round"), "back": "indicators_desk:rounds", "back_label": _("Collection rounds")})


@viewing
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has sent, who is late, where each stands."""
    shown = get_object_or_404(rounds.visible_to(request.user), pk=pk)
    lines = rounds.board(shown)
    return render(request, "indicators/desk/round.html", {
        "round": shown, "lines": lines, "levels": shown.levels.all(), "missing": [line for line in lines if line.submission.state in ("open", "returned")],
        "approved": sum(line.submission.state == "approved" for line in lines),
    })


@viewing
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit in a round: its steps so far, and the steps this person may take."""
    shown = get_object_or_404(
        Submission.objects.select_related("round__period", "unit").filter(round__in=rounds.visible_to(request.user)), pk=pk
    )
    form = forms.StepForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(shown, form.cleaned_data, request.user)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The step was recorded."))
            return redirect("indicators_desk:submission", pk=pk)
    line = next(line for line in rounds.board(shown.round) if line.submission.pk == pk)
    return render(request, "indicators/desk/submission.html", {
        "submission": shown, "line": line, "form": form, "steps": shown.steps.all(), "verbs": _verbs(shown, request.user), "last_day": rounds.last_day(shown),
        "gaps": collect.missing(shown),
    })


def _carry_out(shown: Submission, data: dict[str, Any], by: Any) -> None:
    verb, reason, until = data["verb"], data["reason"], data["until"]
    if verb in ("extend", "reopen") and until is None:
        raise DomainError(_("Enter the new last day."), field="until")
    if verb == "submit":
        collect.submit(shown, by=by)
    elif verb == "approve":
        collect.approve(shown, by=by)
    elif verb == "return":
        collect.return_(shown, reason=reason, by=by)
    elif verb == "extend":
        collect.extend(shown, until, reason=reason, by=by)
    else:
        collect.reopen(shown, until, reason=reason, by=by)


def _verbs(shown: Submission, user: Any) -> list[tuple[str, Any]]:
    """The steps that make sense now and that this person may take."""
    area = shown.round.unit_id
    level = shown.round.levels.all()[shown.level] if shown.state == "submitted" else None
    approves = level is not None and bool(policy.may_as(user, (level.role,), area))
    editable = shown.state in ("open", "returned")
    possible = (
        ("submit", _("Send the figures"), editable and bool(policy.may(user, "submit", shown.unit_id))),
        ("approve", _("Approve"), approves), ("return", _("Return"), approves),
        ("extend", _("Extend the time"), editable and bool(policy.may(user, "extend", area))),
        ("reopen", _("Open again"), not editable and bool(policy.may(user, "reopen", area))),
    )
    return [(verb, label) for verb, label, allowed in possible if allowed]
