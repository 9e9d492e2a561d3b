"""The entry grid and the file behind it: cell by cell with script, as one form without."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.cache import caches
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
from kheo.indicators.actions.enter import PARTS, Entry, Extras, Outcome
from kheo.indicators.models import Observation, Period
from kheo.indicators.queries import definitions, grid, units
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization

MOST = 5000
MARKED_SECONDS = 3600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
viewing = role_required(*policy.ROLES["view"])


def _place(request: HttpRequest, slug: str, code: str) -> tuple[Organization, Period]:
    unit = get_object_or_404(organizations.with_versions(), slug=slug)
    try:
        period = definitions.period(code)
    except DomainError as error:
        raise Http404 from error
    if unit.pk not in {area.pk for area in grid.areas(request.user, period)}:
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
    if period and request.GET.get("unit") in {area.slug for area in areas}:
        return redirect("indicators_desk:grid", slug=request.GET["unit"], period=period.code)
    return render(request, "indicators/desk/choose_grid.html", {"asked": asked, "period": period, "areas": areas, "problem": problem, "periods": definitions.periods()})


@viewing
def show(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """The grid. A POST is the whole form, for browsers without script."""
    unit, when = _place(request, slug, period)
    answers: dict[str, Any] = {}
    typed_in: dict[str, str] = {}
    kind = request.POST.get("status", "")
    if request.method == "POST":
        entries = _from_form(request)
        outcome = entering.enter(when, entries, by=request.user, extras=_extras(kind))
        answers = {a.key: a for a in outcome.answers if a.state not in ("saved", "unchanged")}
        typed_in = {e.key: e.text for e in entries}
        messages.success(request, _("%(count)s figures were saved.") % {"count": len(outcome.of("saved"))})
        if not answers:
            return redirect("indicators_desk:grid", slug=slug, period=period)
    columns, rows = grid.rows(unit, when, request.user)
    return render(request, "indicators/desk/grid.html", {
        "unit": unit, "unit_name": units.name(unit, when), "period": when, "columns": columns, "rows": rows, "answers": answers,
        "typed": typed_in, "statuses": Observation.Status.choices, "kind": kind, "passed": units.passed(columns, when), "upload": forms.UploadForm(),
        "closed": sorted({box.closed for row in rows for box in row.boxes if box.closed}),
    })


def _extras(status: Any) -> Extras:
    """The status chosen above the grid; none leaves it as recorded."""
    if status and status not in Observation.Status.values:
        raise BadRequest
    return Extras(status=status or None)


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
    """Cells as JSON: {"status", "cells": [{"key", "text", "was", "reason"}]} → {"cells": [{"key", "state", "message", "shown"}]}."""
    _unit, when = _place(request, slug, period)
    try:
        body = json.loads(request.body)
        cells, extras = body["cells"], _extras(body.get("status"))
        entries = [_entry(c["key"], c["text"], c.get("was"), c.get("reason")) for c in cells[:MOST]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRequest from error
    try:
        outcome: Outcome = entering.enter(when, entries, by=request.user, extras=extras)
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
    form = forms.UploadForm(request.POST, request.FILES)
    found: dict[str, Any] = {"unit": unit, "period": when, "name": _("Read from a file"), "report": {}, "problem": ""}
    if not form.is_valid():
        found["problem"] = " ".join(str(words) for words in form.errors["file"])
        return render(request, "indicators/desk/imported.html", found)
    file = form.cleaned_data["file"]
    data, found["name"] = file.read(), str(file.name)
    try:
        report = import_indicators.import_indicators(data, found["name"], unit=unit, period=when, by=request.user)
        if report["errors"]:
            caches["shared"].set(_marked_key(request, unit, when), import_indicators.marked(data, found["name"], report), MARKED_SECONDS)
            found["marked"] = True
        found["report"] = report
    except DomainError as error:
        found["problem"] = describe(error)
    return render(request, "indicators/desk/imported.html", found)


def _marked_key(request: HttpRequest, unit: Organization, period: Period) -> str:
    return f"indicators-marked-{request.user.pk}-{unit.pk}-{period.pk}"


@viewing
def marked(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """The person's own last file with every error at its cell; kept for an hour."""
    unit, when = _place(request, slug, period)
    content = caches["shared"].get(_marked_key(request, unit, when))
    if content is None:
        messages.error(request, _("The marked workbook is no longer kept; read the file again."))
        return redirect("indicators_desk:grid", slug=slug, period=when.code)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="da-danh-dau-{slug}-{when.code}.xlsx"'})


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
            # Told of another's figure: saving again replaces it knowingly.
            form.data = {**request.POST.dict(), **{f"was_{a.key.rsplit('-', 1)[1]}": a.shown for a in wrong if a.state == "conflict"}}
            told = {("reason" if a.state == "held" else a.key.rsplit("-", 1)[1], a.message) for a in wrong}  # a numerator and its denominator doubt alike
            for name, message in sorted(told):
                form.add_error(name, message)
    return render(request, "indicators/desk/cell.html", {"form": form, "unit": unit, "period": when, "definition": version, "history": history, "unit_name": units.name(unit, when)})
