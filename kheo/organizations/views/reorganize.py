"""The reorganization at the desk: choose the kind, write the plan, say what becomes of the units below,
see the preview with counts, confirm with the decision, undo while nothing depends on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.core.access import desk_required, written
from kheo.core.errors import DomainError
from kheo.core.forms import rows
from kheo.core.messages import describe
from kheo.core.verdicts import require
from kheo.documents.forms import DocumentForm
from kheo.organizations import policy, queries, rules
from kheo.organizations.actions import reorganize as verb
from kheo.organizations.actions import undo as undo_verb
from kheo.organizations.actions.reorganize_checks import below_closing
from kheo.organizations.forms.reorganize import (
    BelowForm,
    PlanForm,
    RenameForm,
    SplitForm,
    SuccessorRows,
    TransferForm,
    UnitRows,
)
from kheo.organizations.models import Organization, Reorganization

KEPT = "organizations.plan"


@dataclass(frozen=True)
class Verb:
    """One way to reorganize: its kind, its words, and which forms its page has."""

    slug: str
    kind: str
    label: str | Promise
    hint: str | Promise
    form: type[PlanForm] = PlanForm
    successors: bool = True


VERBS = {
    found.slug: found
    for found in (
        Verb("hop-nhat", "merge", gettext_lazy("Merge"), gettext_lazy("Two or more units become one: a new one, or one of them takes in the others.")),
        Verb("chia-tach", "split", gettext_lazy("Split"), gettext_lazy("One unit becomes two or more, or a part of it becomes a unit of its own."), SplitForm),
        Verb("doi-ten", "rename", gettext_lazy("New name or new kind"), gettext_lazy("The same unit goes on with another name, kind or code."), RenameForm, successors=False),
        Verb("chuyen", "transfer", gettext_lazy("Transfer to another superior unit"), gettext_lazy("Units go on below another unit."), TransferForm, successors=False),
        Verb("giai-the", "abolish", gettext_lazy("Abolition"), gettext_lazy("A unit ends. Those that take over its work may be named.")),
    )
}  # fmt: skip


@desk_required
def choose(request: HttpRequest) -> HttpResponse:
    """The kinds of reorganization, and those carried out before."""
    require(policy.may(request.user, []))
    unit = request.GET.get("unit", "")
    context = {
        "verbs": VERBS.values(), "query": f"?unit={unit}" if unit.isdigit() else "",
        "done": Reorganization.objects.select_related("decision")[:30],
    }
    return render(request, "organizations/desk/choose.html", context)


@desk_required
def plan(request: HttpRequest, verb: str) -> HttpResponse:
    """The plan itself: units of the old order, of the new one, the day."""
    require(policy.may(request.user, []))
    chosen = VERBS.get(verb)
    if chosen is None:
        raise Http404
    data = _posted(request)
    start = Organization.objects.filter(pk__in=[n for n in request.GET.getlist("unit") if n.isdigit()][:20])
    form = chosen.form(data)
    units = UnitRows(data, prefix="units", initial=[{"unit": unit} for unit in start])
    after = SuccessorRows(data, prefix="after") if chosen.successors else None
    parts: list[Any] = [form, units, *([after] if after is not None else [])]
    wrong = [part for part in parts if not part.is_valid()]  # all of them, so that every error shows
    if request.method == "POST" and not rows.added_row(request.POST, "units", "after") and not wrong:
        made = _plan(chosen, form, units, after)
        _keep(request, made)
        return redirect("organizations_desk:below" if below_closing(made) else "organizations_desk:preview")
    context = {"verb": chosen, "form": form, "units": units, "after": after, "labels": queries.labels()}
    return render(request, "organizations/desk/plan.html", context)


def _posted(request: HttpRequest) -> QueryDict | None:
    if request.method != "POST":
        return written(request)
    added = rows.added_row(request.POST, "units", "after")
    return rows.with_added_row(request.POST, added) if added else request.POST


def _plan(chosen: Verb, form: PlanForm, units: BaseFormSet[Any], after: BaseFormSet[Any] | None) -> rules.Plan:
    numbers = tuple(dict.fromkeys(row.cleaned_data["unit"].pk for row in _rows(units) if row.cleaned_data.get("unit")))
    successors = tuple(found for row in _rows(after) if (found := row.successor())) if after is not None else ()
    made = rules.Plan(chosen.kind, form.cleaned_data["on"], numbers, successors, note=form.cleaned_data["note"])
    if isinstance(form, SplitForm) and form.cleaned_data["keeps"]:
        made = replace(made, partial=frozenset(numbers))
    if isinstance(form, TransferForm):
        made = replace(made, to_parent=form.cleaned_data["to_parent"].pk)
    if isinstance(form, RenameForm):
        made = replace(made, change=form.change())
    return made


def _rows(formset: BaseFormSet[Any]) -> list[Any]:
    return [row for row in formset.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]


def _keep(request: HttpRequest, made: rules.Plan) -> None:
    request.session[KEPT] = made.as_data()


def _kept(request: HttpRequest) -> rules.Plan | None:
    data = request.session.get(KEPT)
    return rules.Plan.from_data(data) if data else None


def _names(made: rules.Plan) -> list[str]:
    existing = {unit.pk: unit for unit in queries.with_versions().filter(pk__in=made.existing_successors)}
    return [s.new.name if s.new else queries.name_on(existing[s.existing or 0], made.on) for s in made.successors]


@desk_required
def below(request: HttpRequest) -> HttpResponse:
    """What becomes of each unit below those that end."""
    require(policy.may(request.user, []))
    made = _kept(request)
    if made is None:
        return redirect("organizations_desk:choose")
    form = BelowForm(request.POST or None, below=below_closing(made), successors=_names(made))
    if request.method == "POST" and form.is_valid():
        _keep(request, replace(made, moves=form.moves()))
        return redirect("organizations_desk:preview")
    return render(request, "organizations/desk/below.html", {"form": form, "plan": made})


@desk_required
def preview(request: HttpRequest) -> HttpResponse:
    """What will happen, with counts; with the decision it is carried out."""
    require(policy.may(request.user, []))
    made = _kept(request)
    if made is None:
        return redirect("organizations_desk:choose")
    decision = DocumentForm(request.POST or None, prefix="decision", signer_required=False)
    if request.method == "POST" and decision.is_valid():
        try:
            document = decision.save_document(by=request.user)
            done = verb.carry_out(made, decision=document, by=request.user)
        except DomainError as error:
            messages.error(request, describe(error))
        else:
            del request.session[KEPT]
            messages.success(request, _("The reorganization was carried out."))
            return redirect("organizations_desk:result", pk=done.pk)
    shown = verb.preview(made, by=request.user)
    context = {"preview": shown, "decision": decision, "plan": made, "kind": Reorganization(kind=made.kind).get_kind_display()}
    return render(request, "organizations/desk/preview.html", context)


@desk_required
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done, by whom, on which decision; whether it can be undone."""
    done = get_object_or_404(Reorganization.objects.select_related("decision"), pk=pk)
    context = {"done": done, "words": done.steps.get("words", {}), "undo": undo_verb.may_undo(done, by=request.user)}
    return render(request, "organizations/desk/result.html", context)


@desk_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back (POST only)."""
    done = get_object_or_404(Reorganization, pk=pk)
    if request.method == "POST":
        undo_verb.undo(done, by=request.user)
        messages.success(request, _("The reorganization was undone; everything is as before."))
    return redirect("organizations_desk:result", pk=pk)
