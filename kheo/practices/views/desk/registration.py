"""Registrations at the desk: enter one for somebody else, complete a draft or a returned one."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.accounts.views.access import desk_required, kept_data
from kheo.core.verdicts import require
from kheo.practices import policy
from kheo.practices.actions import register as registering
from kheo.practices.models import Practice
from kheo.practices.queries import public, visible_to
from kheo.practices.queries import registration as queries
from kheo.practices.views import registration as flow
from kheo.practices.views import sheet as sheets


@desk_required
def new(request: HttpRequest) -> HttpResponse:
    """Enter a registration that came on paper, or register for the own unit. `?nam=` chooses the cycle."""
    given = kept_data(request)
    data = request.POST if request.method == "POST" else given
    cycles = flow.cycles_for(request.user)
    cycle = flow.chosen_cycle(cycles, (data or request.GET).get("cycle" if data else "nam", ""))
    if cycle is None:
        messages.warning(request, _("No cycle takes registrations now. Open one under “Movements” first."))
        return redirect("practices_desk:list")
    key = _key(data)
    practice = queries.with_boxes().filter(access_key=key).first()
    desk = flow.Desk(request, key, practice.cycle if practice else cycle, practice)
    others = [c for c in cycles if c != cycle]
    return _fill_in(desk, given, reverse("practices_desk:new"), {"others": others})


@desk_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete a draft or a returned registration and send it."""
    practice = get_object_or_404(visible_to(request.user), pk=pk)
    practice = queries.with_boxes().get(pk=practice.pk)
    if request.method == "POST" and registering.is_sent(practice):
        return _sent(request, practice)
    require(policy.may(request.user, "edit", practice))
    desk = flow.Desk(request, practice.access_key, practice.cycle, practice)
    return _fill_in(desk, kept_data(request), reverse("practices_desk:edit", args=[pk]), {})


def _fill_in(desk: flow.Desk, given: QueryDict | None, action: str, more: dict[str, Any]) -> HttpResponse:
    """One screen of the form: show it, add a row, save the draft, or send."""
    request = desk.request
    if request.method != "POST":
        if given is not None:
            desk.show_again(given)
            desk.problem = _("Your session had ended. What you had entered is below; check it and send it again.")
        else:
            desk.show()
        return _page(desk, action, more)
    row = flow.pressed_row(request.POST)
    if row or "save" in request.POST:
        return _keep(desk, row, action, more)
    sent = desk.send(request.POST)
    if sent is not None:
        return _sent(request, sent)
    problem = desk.problem
    desk.keep(request.POST)
    desk.problem = problem or desk.problem
    return _page(desk, action, more)


def _keep(desk: flow.Desk, row: str, action: str, more: dict[str, Any]) -> HttpResponse:
    kept = desk.keep(desk.request.POST)
    if kept and not row and desk.practice is not None:
        messages.success(desk.request, _("The draft was saved."))
        return redirect("practices_desk:edit", pk=desk.practice.pk)
    desk.show_again(desk.request.POST, more=row)
    return _page(desk, action, more)


def _sent(request: HttpRequest, practice: Practice) -> HttpResponse:
    messages.success(request, _("Registered under the number %(number)s.") % {"number": practice.receipt_number})
    return redirect("practices_desk:detail", pk=practice.pk)


def _page(desk: flow.Desk, action: str, more: dict[str, Any]) -> HttpResponse:
    context = desk.context() | more | {
        "action": action,
        "autosave": reverse("practices:draft", args=[desk.key]),
        "remarks": list(desk.practice.messages.order_by("-at", "-pk")) if desk.practice else [],
        "step": desk.practice.state if desk.practice else "draft",
    }
    return render(desk.request, "practices/desk/edit.html", context)


def _key(data: Any) -> UUID:
    """The key that the form carries, so that a second press finds the same record; else a fresh one."""
    try:
        return UUID(str(data["key"])) if data else uuid4()
    except (KeyError, ValueError):
        return uuid4()


@desk_required
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The registration sheet for printing."""
    practice = _readable(request, pk)
    context = {
        "sheet": sheets.of(practice), "practice": practice,
        "pdf": reverse("practices_desk:sheet_pdf", args=[pk]), "back": reverse("practices_desk:detail", args=[pk]),
    }
    return render(request, "practices/public/sheet.html", context)


@desk_required
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PDF."""
    return sheets.pdf_answer(_readable(request, pk))


def _readable(request: HttpRequest, pk: int) -> Practice:
    found = get_object_or_404(visible_to(request.user), pk=pk)
    practice: Practice = queries.with_boxes().get(pk=found.pk)
    return practice


def replicable(request: HttpRequest, pk: int) -> Practice:
    """A practice this person may take over: one it sees at the desk, or a public one."""
    found = visible_to(request.user).filter(pk=pk).first() or get_object_or_404(public(), pk=pk)
    practice: Practice = queries.with_boxes().get(pk=found.pk)
    return practice
