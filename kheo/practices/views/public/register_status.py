"""After sending: the receipt, where the registration stands, the thread, the printed sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kheo.core.errors import DomainError, InvalidInput
from kheo.core.messages import describe
from kheo.movements import queries as movements
from kheo.movements.models import Milestone
from kheo.organizations import queries as organizations
from kheo.practices import policy
from kheo.practices import rules as lifecycle
from kheo.practices.actions import answer as answering
from kheo.practices.actions import withdraw as withdrawing
from kheo.practices.forms.steps import MessageForm, WithdrawForm
from kheo.practices.models import Practice
from kheo.practices.models.practice import StateChoices
from kheo.practices.queries import registration as queries
from kheo.practices.views import sheet as sheets
from kheo.practices.views.public import limits

S = lifecycle.State
STEPS: dict[str, tuple[Any, str]] = {
    "register": (gettext_lazy("The registration was sent"), "info"),
    "return": (gettext_lazy("The officers returned it for completion"), "waiting"),
    "approve": (gettext_lazy("It was approved for the list"), "success"),
    "start": (gettext_lazy("It began to run"), "info"),
    "propose": (gettext_lazy("It was proposed for recognition"), "info"),
    "send_back": (gettext_lazy("The proposal was sent back for completion"), "waiting"),
    "open_evaluation": (gettext_lazy("The evaluation began"), "info"),
    "recognize": (gettext_lazy("It was recognized"), "success"),
    "name_exemplary": (gettext_lazy("It was named exemplary"), "gold"),
    "refuse": (gettext_lazy("It was not recognized"), "danger"),
    "defer": (gettext_lazy("It was moved to next year"), "waiting"),
    "stop": (gettext_lazy("It was ended"), "neutral"),
    "withdraw": (gettext_lazy("It was withdrawn"), "neutral"),
    "revoke": (gettext_lazy("The recognition was revoked"), "danger"),
}
"""What each step of the lifecycle is called when one looks back at it."""

NEXT: dict[S, tuple[Any, str]] = {
    S.SUBMITTED: (gettext_lazy("The officers of the ward read it and approve it for the list, or return it with remarks."), Milestone.Kind.APPROVAL),
    S.RETURNED: (gettext_lazy("Complete it and send it again."), Milestone.Kind.APPROVAL),
    S.LISTED: (gettext_lazy("The unit carries it out and reports its progress."), Milestone.Kind.PROGRESS),
    S.RUNNING: (gettext_lazy("The unit scores itself and proposes it for recognition."), Milestone.Kind.SELF_SCORE),
    S.PROPOSED: (gettext_lazy("The officers check the proposal and open the evaluation."), Milestone.Kind.EVALUATION),
    S.EVALUATING: (gettext_lazy("At least two evaluators score it; then the decision follows."), Milestone.Kind.RECOGNITION),
}
"""What happens next in a state, and the milestone that says by when."""

WAY = (S.SUBMITTED, S.LISTED, S.RUNNING, S.PROPOSED, S.EVALUATING, S.RECOGNIZED)
PLACE = {S.RETURNED: S.SUBMITTED, S.DRAFT: S.SUBMITTED, S.EXEMPLARY: S.RECOGNIZED}


def status(request: HttpRequest, practice: Practice, form: MessageForm | None = None) -> HttpResponse:
    """Where a sent registration stands: its steps, what comes next, the thread."""
    holder = _holder(practice)
    context = _context(practice) | {
        "timeline": _timeline(practice),
        "steps": _way(practice),
        "thread": list(practice.messages.all()),
        "form": form or MessageForm(),
        "may_answer": bool(policy.may(holder, "answer", practice)),
        "may_withdraw": bool(policy.may(holder, "withdraw", practice)),
        "public_page": practice.slug if lifecycle.State(practice.state) in lifecycle.PUBLIC_STATES else "",
    }
    return render(request, "practices/public/register_status.html", context)


@require_safe
@never_cache
def receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt: number, time, on time or late, what happens next and by when."""
    practice = _find(key)
    if practice.receipt_number is None:
        return redirect("practices:registration", key=key)
    return render(request, "practices/public/receipt.html", _context(practice))


@require_safe
@never_cache
def sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    """The registration sheet as paper has it, for printing and signing."""
    practice = _find(key)
    pdf = reverse("practices:sheet_pdf", args=[key]) if practice.title else ""
    back = reverse("practices:registration", args=[key])
    return render(request, "practices/public/sheet.html", {"sheet": sheets.of(practice), "practice": practice, "pdf": pdf, "back": back})


@require_safe
@never_cache
def sheet_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same sheet as a PDF file."""
    return sheets.pdf_answer(_find(key))


@never_cache
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The registering side answers the officers."""
    practice = _find(key)
    form = MessageForm(request.POST or None)
    if request.method != "POST":
        return redirect("practices:registration", key=key)
    if not limits.allowed(request, "answer"):
        form.add_error(None, _("Too many messages came from this network within an hour. Try again later."))
    elif form.is_valid():
        try:
            answering.answer(practice, form.cleaned_data["text"], by=_actor(request, practice))
        except InvalidInput as error:
            form.add_error("text", describe(error))
        else:
            messages.success(request, _("Your answer was sent to the officers."))
            return redirect("practices:registration", key=key)
    return status(request, practice, form)


@never_cache
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """The registering side takes its registration back, with a reason."""
    practice = _find(key)
    form = WithdrawForm(request.POST or None, initial={"version": practice.version})
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw(
                practice, form.cleaned_data["reason"], by=_actor(request, practice), expected_version=form.cleaned_data["version"]
            )
        except DomainError as error:
            messages.error(request, describe(error))
        else:
            messages.success(request, _("The registration was withdrawn."))
        return redirect("practices:registration", key=key)
    verdict = policy.may(_holder(practice), "withdraw", practice)
    if not verdict:
        messages.error(request, str(verdict.reason))
        return redirect("practices:registration", key=key)
    return render(request, "practices/public/register_withdraw.html", {"practice": practice, "form": form})


def _find(key: UUID) -> Practice:
    practice: Practice | None = queries.with_boxes().filter(access_key=key).first()
    if practice is None:
        raise Http404
    return practice


def _holder(practice: Practice) -> policy.KeyHolder:
    return policy.KeyHolder(practice.access_key, queries.public_unit_name(practice))


def _actor(request: HttpRequest, practice: Practice) -> Any:
    user = request.user
    return user if user.is_authenticated and policy.is_owner(user, practice) else _holder(practice)


def _context(practice: Practice) -> dict[str, Any]:
    words, kind = NEXT.get(lifecycle.State(practice.state), ("", ""))
    body = None
    if practice.ward is not None and practice.cycle.movement.function:
        body = organizations.mandate_holder(practice.ward, practice.cycle.movement.function)
    return {
        "practice": practice,
        "unit": queries.unit_name(practice),
        "ward": queries.ward_name(practice),
        "next_words": words,
        "next_step": movements.milestone(practice.cycle, kind) if kind else None,
        "body": body.organization if body else None,
    }


def _timeline(practice: Practice) -> list[dict[str, Any]]:
    """The steps so far, newest first. A reason the unit is meant to read stands with its step."""
    found = []
    for step in practice.transitions.order_by("-at", "-pk"):
        title, tone = STEPS.get(step.verb, (step.get_to_state_display(), "neutral"))
        found.append({"title": title, "when": step.at, "by": step.by_name, "text": step.reason, "tone": tone})
    return found


def _way(practice: Practice) -> list[dict[str, Any]]:
    state = lifecycle.State(practice.state)
    place = PLACE.get(state, state)
    if place not in WAY:
        return []
    here = WAY.index(place)
    done = place == S.RECOGNIZED
    marks = ["done" if n < here or done else "current" if n == here else "next" for n in range(len(WAY))]
    return [{"label": str(StateChoices(step).label), "state": mark} for step, mark in zip(WAY, marks, strict=True)]
