"""The entry grid and the file behind it: cell by cell with script, as one form without."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.accounts.views.access import role_required
from kheo.core.access import written
from kheo.core.errors import DomainError
from kheo.core.messages import describe
from kheo.indicators import forms, policy
from kheo.indicators.actions import enter as entering
from kheo.indicators.actions import import_indicators
from kheo.indicators.actions.enter import PARTS, Entry, Outcome
from kheo.indicators.models import Observation, Period
from kheo.indicators.queries import definitions, grid
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization

MOST = 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
viewing = role_required(*policy.ROLES["view"])


def _place(request: HttpRequest, slug: str, code: str) -> tuple[Organization, Period]:
    unit = get_object_or_404(organizations.with_versions(), slug=slug)
    try:
        period = definitions.period(code)
    except DomainError as error:
        raise Http404 from error
    if unit.pk not in {pk for pk, _slug, _name in grid.areas(request.user, period)}:
        raise Http404
    return unit, period


@viewing
def choose(request: HttpRequest) -> HttpResponse:
    """Which area and period to enter."""
    asked = request.GET.get("period", "").strip()
    problem = ""
    period = None
    if asked:
        try:
            period = definitions.period(asked)
        except DomainError as error:
            problem = describe(error)
    areas = grid.areas(request.user, period) if period else []
    if period and request.GET.get("unit") in {slug for _pk, slug, _name in areas}:
        return redirect("indicators_desk:grid", slug=request.GET["unit"], period=period.code)
    return render(request, "indicators/desk/choose_grid.html", {"asked": asked, "period": period, "areas": areas, "problem": problem, "periods": definitions.periods()})


@viewing
def show(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """The grid. A POST is the whole form, for browsers without script."""
    unit, when = _place(request, slug, period)
    answers: dict[str, Any] = {}
    typed_in: dict[str, str] = {}
    if request.method == "POST":
        entries = _from_form(request)
        outcome = entering.enter(when, entries, by=request.user)
        answers = {a.key: a for a in outcome.answers if a.state not in ("saved", "unchanged")}
        typed_in = {e.key: e.text for e in entries}
        messages.success(request, _("%(count)s figures were saved.") % {"count": len(outcome.of("saved"))})
        if not answers:
            return redirect("indicators_desk:grid", slug=slug, period=period)
    columns, rows = grid.rows(unit, when, request.user)
    return render(request, "indicators/desk/grid.html", {
        "unit": unit, "unit_name": organizations.name_on(unit, when.last), "period": when, "columns": columns, "rows": rows, "answers": answers, "typed": typed_in,
    })


def _from_form(request: HttpRequest) -> list[Entry]:
    """The boxes of the posted form whose text differs from what was shown."""
    found = []
    for name, value in request.POST.items():
        key = name.removeprefix("cell-")
        was = request.POST.get(f"was-{key}", "")
        if name.startswith("cell-") and str(value).strip() != was.strip():
            found.append(_entry(key, str(value), was, request.POST.get(f"why-{key}", "")))
    return found[:MOST]


def _entry(key: Any, value: Any, was: Any, reason: Any) -> Entry:
    indicator, _dash, rest = str(key).partition("-")
    unit, _dash, part = rest.partition("-")
    if not (indicator.isdecimal() and unit.isdecimal() and len(indicator) < 10 and len(unit) < 10 and part in PARTS):
        raise BadRequest
    return Entry(int(indicator), int(unit), part, str(value)[:200], None if was is None else str(was)[:200], str(reason or "")[:500])


@viewing
@require_POST
def save(request: HttpRequest, slug: str, period: str) -> JsonResponse:
    """Cells as JSON: {"cells": [{"key", "text", "was", "reason"}]} → {"cells": [{"key", "state", "message", "shown"}]}."""
    _unit, when = _place(request, slug, period)
    try:
        cells = json.loads(request.body)["cells"]
        entries = [_entry(c["key"], c["text"], c.get("was"), c.get("reason")) for c in cells[:MOST]]
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest from error
    try:
        outcome: Outcome = entering.enter(when, entries, by=request.user)
    except DomainError as error:
        return JsonResponse({"error": describe(error)}, status=409)
    return JsonResponse({"cells": [{"key": a.key, "state": a.state, "message": a.message, "shown": a.shown} for a in outcome.answers]})


@viewing
def template(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """An .xlsx to fill in, for this unit and period, with what is known already."""
    unit, when = _place(request, slug, period)
    return HttpResponse(
        import_indicators.template(unit, when), content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="chi-tieu-{slug}-{when.code}.xlsx"'},
    )


@viewing
@require_POST
def upload(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """Read a filled file; with an error nothing is saved and every cell is told."""
    unit, when = _place(request, slug, period)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose a file."))
        return redirect("indicators_desk:grid", slug=slug, period=period)
    report: dict[str, Any] = {}
    problem = ""
    try:
        report = import_indicators.import_indicators(file.read(), str(file.name), unit=unit, period=when, by=request.user)
    except DomainError as error:
        problem = describe(error)
    return render(request, "indicators/desk/imported.html", {"unit": unit, "period": when, "report": report, "problem": problem, "name": file.name})


@viewing
def cell(request: HttpRequest, slug: str, period: str, code: str) -> HttpResponse:
    """One figure of the unit with all that belongs to it: status, evidence, why it is missing, its revisions."""
    unit, when = _place(request, slug, period)
    indicator = definitions.by_code(code)
    version = definitions.definition(indicator, when.last) if indicator else None
    if indicator is None or version is None or version.source != "typed":
        raise Http404
    history = list(Observation.objects.filter(indicator=indicator, unit=unit, period=when))
    now = history[0] if history and history[0].is_current else None
    form = forms.CellForm(written(request), version=version, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = entering.enter(when, form.entries(indicator.pk, unit.pk), by=request.user, extras=form.extras())
        except DomainError as error:
            form.add_error(None, describe(error))
        else:
            wrong = [a for a in outcome.answers if a.state not in ("saved", "unchanged")]
            if not wrong:
                messages.success(request, _("The figure was saved."))
                return redirect("indicators_desk:grid", slug=slug, period=period)
            for answer in wrong:
                form.add_error("reason" if answer.state == "held" else answer.key.rsplit("-", 1)[1], answer.message)
    return render(request, "indicators/desk/cell.html", {"form": form, "unit": unit, "period": when, "definition": version, "history": history, "unit_name": organizations.name_on(unit, when.last)})
