"""Plans at the desk: list, the 100% board, schedule, reminders, checklists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kheo.accounts import queries as accounts
from kheo.accounts.views.access import desk_required
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import Verdict, require
from kheo.inspections import policy, queries
from kheo.inspections.actions import plan as planning
from kheo.inspections.actions import remind as reminding
from kheo.inspections.actions import write_checklist as writing
from kheo.inspections.forms.plans import ChecklistForm, PlanForm, ScheduleForm
from kheo.inspections.models import Checklist, Plan, Programme
from kheo.inspections.queries import coverage, waiting
from kheo.inspections.rules import Kind
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationVersion


def areas(request: HttpRequest, roles: Any) -> list[OrganizationVersion]:
    """The administrative areas a role reaches, former ones too, newest first."""
    return organizations.area_versions(accounts.rights(request.user).units(roles))


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """Plans with their coverage, programmes, and what waits in this room."""
    plans = list(queries.plans_visible_to(request.user)[:60])
    counted = coverage.findings(plans)
    rows = [{"plan": plan, "coverage": coverage.of(plan), "findings": counted.get(plan.pk)} for plan in plans]
    rights = accounts.rights(request.user)
    return render(
        request, "inspections/desk/index.html",
        {
            "rows": rows, "waiting": waiting.waiting(request.user, timezone.localdate()), "may_plan": rights.has(*policy.PLANNING),
            "programmes": Programme.objects.all(), "may_programme": rights.has(*policy.SCHEME), "may_see_lists": rights.has(*policy.SEEING),
        },
    )


def _one(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(queries.plans_visible_to(request.user), pk=pk)


@desk_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The 100% board of one plan."""
    shown = _one(request, pk)
    board = coverage.board(shown)
    visible = set(queries.visible_to(request.user).filter(plan=shown).values_list("pk", flat=True))
    for row in board.rows:
        row.checks = [check for check in row.checks if check.pk in visible]
    own = queries.own_units_to_check(request.user, shown, coverage.as_of(shown)) if Kind.SELF in shown.kinds else []
    return render(
        request, "inspections/desk/plan.html",
        {
            "plan": shown, "board": board, "findings": coverage.findings([shown]).get(shown.pk), "own": own,
            "may_schedule": policy.may(request.user, "schedule", shown), "may_change": policy.may(request.user, "plan", shown.within_id),
        },
    )


def _plan_form(request: HttpRequest, current: Plan | None) -> HttpResponse:
    known = areas(request, policy.PLANNING)
    require(policy.may(request.user, "plan", current.within_id if current else (known[0].organization_id if known else 0)))
    form = PlanForm(written(request), areas=known, initial=PlanForm.initial_of(current) if current else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = planning.plan(form.data_of_plan(), by=request.user, current=current)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The plan was saved."))
            return redirect("inspections_desk:plan", pk=made.pk)
    title = _("Change the plan") if current else _("New plan")
    return render(request, "inspections/desk/form.html", {"form": form, "title": title, "units": organizations.labels(), "back": current})


@desk_required
def new_plan(request: HttpRequest) -> HttpResponse:
    """A new plan."""
    return _plan_form(request, None)


@desk_required
def change_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a plan."""
    return _plan_form(request, _one(request, pk))


@desk_required
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Schedule checks for units of the plan."""
    shown = _one(request, pk)
    require(policy.may(request.user, "schedule", shown))
    units = coverage.active(shown, coverage.as_of(shown))
    form = ScheduleForm(written(request), plan=shown, units=units, initial={"planned_on": coverage.as_of(shown)})
    if request.method == "POST" and form.is_valid():
        chosen = Organization.objects.filter(pk__in=form.cleaned_data["units"])
        try:
            made = planning.schedule(shown, list(chosen), form.cleaned_data["kind"], form.cleaned_data["planned_on"], by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, ngettext("%(n)s check was scheduled.", "%(n)s checks were scheduled.", len(made)) % {"n": len(made)})
            return redirect("inspections_desk:plan", pk=pk)
    return render(request, "inspections/desk/form.html", {"form": form, "title": _("Schedule checks"), "lead": shown.name, "back": shown})


@desk_required
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the reminders whose date has come, now."""
    sent = reminding.remind(_one(request, pk), by=request.user)
    if sent:
        messages.success(request, ngettext("%(n)s reminder was recorded.", "%(n)s reminders were recorded.", sent) % {"n": sent})
    else:
        messages.info(request, _("No reminder is due: each rule reminds once."))
    return redirect("inspections_desk:plan", pk=pk)


@desk_required
def checklists(request: HttpRequest) -> HttpResponse:
    """The newest version of each checklist."""
    return render(
        request, "inspections/desk/checklists.html",
        {"checklists": queries.checklists(), "may_write": policy.may(request.user, "write_checklist")},
    )


def _checklist_form(request: HttpRequest, current: Checklist | None, may: Verdict) -> HttpResponse:
    require(may)
    initial = None
    if current is not None:
        lines = [f"{item.text} | {item.guidance}" if item.guidance else item.text for item in current.items.all()]
        initial = {"name": current.name, "valid_from": current.valid_from, "document": current.basis, "questions": "\n".join(lines)}
    form = ChecklistForm(written(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        writing.write_checklist(chosen["name"], chosen["questions"], chosen["valid_from"], by=request.user, basis=chosen["document"], current=current)
        messages.success(request, _("The checklist was saved. Plans keep the version they were made with."))
        return redirect("inspections_desk:checklists")
    title = _("New version of the checklist") if current and current.frozen_at else _("Checklist")
    return render(request, "inspections/desk/form.html", {"form": form, "title": title})


@desk_required
def write_checklist(request: HttpRequest) -> HttpResponse:
    """A new checklist."""
    return _checklist_form(request, None, policy.may(request.user, "write_checklist"))


@desk_required
def change_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a checklist, or write its next version."""
    return _checklist_form(request, get_object_or_404(Checklist, pk=pk), policy.may(request.user, "write_checklist"))
