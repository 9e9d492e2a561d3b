"""The steps from running to recognition and after: a short form, one verb, back to the practice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.accounts.views.access import desk_required
from kheo.core.access import written
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.core.verdicts import require
from kheo.documents.forms import DocumentForm
from kheo.practices import policy
from kheo.practices.actions import carry_over as carrying
from kheo.practices.actions import defer, open_evaluation, propose, recognize, refuse, return_, stop
from kheo.practices.forms.desk import ConfirmForm, ReasonForm
from kheo.practices.models import Practice
from kheo.practices.queries import registration as boxes
from kheo.practices.queries import visible_to


@dataclass(frozen=True)
class Step:
    """A verb with its words, its call, and what it demands."""

    title: Any
    lead: Any
    button: Any
    call: Callable[..., Any]
    done: Any
    reason: bool = False
    decision: bool = False
    grave: bool = False


STEPS = {
    "propose": Step(gettext_lazy("Propose for recognition"), gettext_lazy("The officers check the proposal and hand it to the evaluators."), gettext_lazy("Propose"), propose.propose, gettext_lazy("The practice was proposed for recognition.")),
    "send_back": Step(gettext_lazy("Send the proposal back"), gettext_lazy("The practice goes on running; the unit may propose it again."), gettext_lazy("Send back"), return_.send_back, gettext_lazy("The proposal was sent back."), reason=True),
    "open_evaluation": Step(gettext_lazy("Open the evaluation"), gettext_lazy("At least two evaluators score it; nobody scores an own unit."), gettext_lazy("Open the evaluation"), open_evaluation.open_evaluation, gettext_lazy("The evaluation is open.")),
    "refuse": Step(gettext_lazy("Do not recognize"), gettext_lazy("The unit reads the reason. The practice is not shown as recognized."), gettext_lazy("Decide"), refuse.refuse, gettext_lazy("The decision was recorded."), reason=True, grave=True),
    "defer": Step(gettext_lazy("Move to next year"), gettext_lazy("The practice may be carried into the next cycle."), gettext_lazy("Move"), defer.defer, gettext_lazy("The practice was moved to next year."), reason=True),
    "stop": Step(gettext_lazy("End the practice"), gettext_lazy("It stays on the public pages, marked as ended."), gettext_lazy("End it"), stop.stop, gettext_lazy("The practice was ended."), reason=True, grave=True),
    "name_exemplary": Step(gettext_lazy("Name exemplary"), gettext_lazy("By decision, for practices that reach the points for exemplary."), gettext_lazy("Name exemplary"), recognize.name_exemplary, gettext_lazy("The practice was named exemplary."), decision=True),
    "revoke": Step(gettext_lazy("Revoke the recognition"), gettext_lazy("By decision, with a reason. The public page says so."), gettext_lazy("Revoke"), recognize.revoke, gettext_lazy("The recognition was revoked."), reason=True, decision=True, grave=True),
}


def _step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    step = STEPS[verb]
    practice = get_object_or_404(visible_to(request.user).select_related("cycle", "field").distinct(), pk=pk)
    data = written(request)
    form = (ReasonForm if step.reason else ConfirmForm)(data, initial={"version": practice.version})
    decision = DocumentForm(data, prefix="decision") if step.decision else None
    if request.method == "POST":
        if form.is_valid() and (decision is None or decision.is_valid()) and (answered := _carry_out(request, step, practice, form, decision)):
            return answered
    else:
        require(policy.may(request.user, verb, practice))
    return render(request, "practices/desk/lifecycle.html", {
        "practice": practice, "step": step, "form": form, "decision": decision, "unit": boxes.unit_name(practice), "ward": boxes.ward_name(practice),
        "back": reverse("practices_desk:detail", args=[pk]), "standing": recognize.standing(practice), "verb": verb,
    })  # fmt: skip


def _carry_out(request: HttpRequest, step: Step, practice: Practice, form: Any, decision: DocumentForm | None) -> HttpResponse | None:
    words = (form.cleaned_data["reason"],) if step.reason else ()
    more = {"document": decision.save_document(by=request.user)} if decision else {}
    try:
        step.call(practice, *words, by=request.user, expected_version=form.cleaned_data["version"], **more)
    except InvalidInput as error:
        add_error(form, error)
        return None
    except Conflict as error:
        messages.error(request, describe(error))
    else:
        messages.success(request, str(step.done))
    return redirect("practices_desk:detail", pk=practice.pk)


def _view(verb: str) -> Callable[..., Any]:
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return _step(request, pk, verb)

    view.__name__ = verb
    return desk_required(view)


VIEWS = {verb: _view(verb) for verb in STEPS}


@desk_required
def carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: open a draft of the practice in the next cycle. GET asks first."""
    practice = get_object_or_404(visible_to(request.user).select_related("cycle").distinct(), pk=pk)
    require(policy.may(request.user, "carry_over", practice))
    if request.method == "POST":
        made = carrying.carry_over(practice, by=request.user)
        messages.success(request, _("A draft for %(cycle)s was opened; look it through and send it.") % {"cycle": made.cycle})
        return redirect("practices_desk:detail", pk=made.pk)
    step = Step(_("Carry into the next cycle"), _("A draft with the same boxes is opened, marked as already running; the unit looks it through and sends it."), _("Open the draft"), carrying.carry_over, "")
    return render(request, "practices/desk/lifecycle.html", {
        "practice": practice, "step": step, "form": ConfirmForm(), "decision": None, "unit": boxes.unit_name(practice), "ward": boxes.ward_name(practice),
        "back": reverse("practices_desk:detail", args=[pk]), "verb": "carry_over",
    })  # fmt: skip
