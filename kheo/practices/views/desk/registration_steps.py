"""The steps around registration at the desk. Each: a short form, one verb, back to the practice."""

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

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.accounts.views.access import desk_required, kept_data
from kheo.core.access import written
from kheo.core.errors import Conflict, DomainError, InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.core.verdicts import require
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices import policy
from kheo.practices.actions import answer as answering
from kheo.practices.actions import approve as approving
from kheo.practices.actions import edit_summary as summaries
from kheo.practices.actions import guide as guiding
from kheo.practices.actions import replicate as replicating
from kheo.practices.actions import return_ as returning
from kheo.practices.actions import start as starting
from kheo.practices.actions import withdraw as withdrawing
from kheo.practices.forms import steps as forms
from kheo.practices.models import Practice
from kheo.practices.queries import duplicates, visible_to
from kheo.practices.queries import registration as queries
from kheo.practices.views import registration as flow
from kheo.practices.views.desk.registration import replicable


@dataclass(frozen=True)
class Step:
    """A verb with its form, its call and what is said when it is done."""

    verb: str
    form: type[forms.StepForm]
    call: Callable[..., Any]
    done: Any
    versioned: bool = True


STEPS = {
    step.verb: step
    for step in (
        Step("return", forms.ReturnForm, returning.return_, gettext_lazy("The registration was returned; the unit reads your remarks.")),
        Step("approve", forms.StepForm, approving.approve, gettext_lazy("The registration was approved for the list and is public now.")),
        Step("start", forms.StepForm, starting.start, gettext_lazy("The practice is running.")),
        Step("withdraw", forms.WithdrawForm, withdrawing.withdraw, gettext_lazy("The registration was withdrawn.")),
        Step("guide", forms.MessageForm, guiding.guide, gettext_lazy("Your guidance was sent."), versioned=False),
        Step("answer", forms.MessageForm, answering.answer, gettext_lazy("Your answer was sent."), versioned=False),
        Step("edit_summary", forms.SummaryForm, summaries.edit_summary, gettext_lazy("The summary was saved.")),
    )
}


def _step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    step = STEPS[verb]
    practice = get_object_or_404(visible_to(request.user).select_related("cycle", "field"), pk=pk)
    if request.method == "POST":
        form = step.form(request.POST)
        if form.is_valid() and (answered := _carry_out(request, step, practice, form)):
            return answered
    else:
        require(policy.may(request.user, verb, practice))
        form = step.form(kept_data(request), initial={"version": practice.version, "summary": practice.summary})
    return render(request, f"practices/desk/{verb}.html", _context(practice, form))


def _carry_out(request: HttpRequest, step: Step, practice: Practice, form: forms.StepForm) -> HttpResponse | None:
    """One domain call. None when the form has to be shown again with its error."""
    version = {"expected_version": form.cleaned_data["version"]} if step.versioned else {}
    try:
        step.call(practice, *form.words().values(), by=request.user, **version)
    except InvalidInput as error:
        add_error(form, error)
        return None
    except Conflict as error:
        messages.error(request, describe(error))
    else:
        messages.success(request, str(step.done))
    return redirect("practices_desk:detail", pk=practice.pk)


def _context(practice: Practice, form: forms.StepForm) -> dict[str, Any]:
    return {
        "practice": practice, "form": form, "unit": queries.unit_name(practice), "ward": queries.ward_name(practice),
        "back": reverse("practices_desk:detail", args=[practice.pk]),
        "alike": duplicates.alike(practice.title, practice.ward_id, practice.cycle, besides=practice.pk) if practice.state == "submitted" else [],
        "thread": list(practice.messages.all()),
    }


def _view(verb: str) -> Callable[..., Any]:
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return _step(request, pk, verb)

    view.__name__ = verb
    return desk_required(view)


return_, approve, start, withdraw = _view("return"), _view("approve"), _view("start"), _view("withdraw")
guide, answer, edit_summary = _view("guide"), _view("answer"), _view("edit_summary")


@desk_required
def replicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a registration of another unit with the boxes of this practice."""
    parent = replicable(request, pk)
    require(policy.may(request.user, "replicate", parent))
    form = _replicate_form(request, parent)
    if request.method == "POST" and form.is_valid():
        unit = get_object_or_404(Organization, pk=form.cleaned_data["organization"])
        try:
            made = replicating.replicate(
                parent, organization=unit, cycle=form.cleaned_data["cycle"], adaptation=form.cleaned_data["adaptation"], by=request.user
            )
        except InvalidInput as error:
            add_error(form, error)
        except DomainError as error:
            form.add_error(None, describe(error))
        else:
            messages.success(request, _("A draft for %(unit)s was made from it. Complete it and send it.") % {"unit": unit})
            return redirect("practices_desk:edit", pk=made.pk)
    return render(request, "practices/desk/replicate.html", {"practice": parent, "form": form, "unit": queries.unit_name(parent), "ward": queries.ward_name(parent), "back": _back(request, parent)})


def _replicate_form(request: HttpRequest, parent: Practice) -> forms.ReplicateForm:
    """Only units the person registers or receives for, without the parent's own."""
    cycles: list[Cycle] = flow.cycles_for(request.user)
    newest = flow.chosen_cycle(cycles, "")
    reach = accounts.rights(request.user).units([Role.RECEIVER, Role.REGISTRANT]) - {parent.organization_id}
    offered = queries.units(queries.day_of(newest)) if newest else queries.Units()
    units = [(ward, [c for c in choices if c[0] in reach]) for ward, choices in offered.groups]
    data = written(request)
    return forms.ReplicateForm(data, units=[g for g in units if g[1]], cycles=cycles, initial={"cycle": newest})


def _back(request: HttpRequest, practice: Practice) -> str:
    if visible_to(request.user).filter(pk=practice.pk).exists():
        return reverse("practices_desk:detail", args=[practice.pk])
    return reverse("practices:detail", args=[practice.slug])
