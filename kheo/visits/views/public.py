"""/truy-cap/: the counter for people and machines. Nothing here touches the session."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.core.errors import DomainError, InvalidInput
from kheo.core.messages import describe
from kheo.core.rules.dates import parse_date
from kheo.visits.queries import breakdown, counter, series, sites, words

# The page changes with every fold and the store of pages hears nothing of it: readers' browsers only.
BRIEFLY = "private, max-age=20"
MACHINES = "public, max-age=15"


def _asked_day(request: HttpRequest) -> date:
    """?ngay=2023-12-03 or 03/12/2023; today without it. InvalidInput for the future and for no date."""
    given = request.GET.get("ngay", "").strip()
    today = timezone.localdate()
    if not given:
        return today
    day = parse_date(given[:40], field="ngay")
    if day > today:
        raise InvalidInput(_("The day %(day)s has not come yet.") % {"day": f"{day:%d/%m/%Y}"}, field="ngay")
    return day


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Figures with their dates, charts, tables; as of today or of a day that is over."""
    site, problem, status = sites.number_for(request), "", 200
    try:
        day = _asked_day(request)
    except DomainError as error:
        day, problem, status = timezone.localdate(), describe(error), 400
    found = counter.figures(site, day)
    context: dict[str, Any] = {
        "figures": found, "rows": words.rows(found), "day": day, "today": timezone.localdate(), "problem": problem,
        "asked": request.GET.get("ngay", "")[:40], "explanation": words.why_week_exceeds_month(found),
        "charts": series.charts(site, day), "lists": breakdown.lists(site, day), "apart": breakdown.apart(site, day),
        "opening": found.opening, "downloads": series.DOWNLOADS,
    }  # fmt: skip
    response = render(request, "visits/public/index.html", context, status=status)
    response["Cache-Control"] = BRIEFLY
    return response


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How we count, in plain words."""
    return render(request, "visits/public/method.html", {"closings": breakdown.closings()})


@require_safe
def data(request: HttpRequest) -> JsonResponse:
    """/truy-cap/so-lieu.json: the five figures with page views, visits and dates."""
    try:
        day = _asked_day(request)
    except DomainError as error:
        return JsonResponse({"error": describe(error), "field": "ngay"}, status=400, json_dumps_params={"ensure_ascii": False})
    found = counter.figures(sites.number_for(request), day)
    answer = counter.as_json(found) | {"labels": words.labels(found)}
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = MACHINES
    return response


@require_safe
def badge(request: HttpRequest) -> HttpResponse:
    """/truy-cap/so-lieu.svg: the figures as a picture for pages without scripts."""
    found = counter.figures(sites.number_for(request))
    response = render(request, "visits/parts/badge.svg", {"rows": words.rows(found)}, content_type="image/svg+xml")
    response["Cache-Control"] = MACHINES
    return response


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """A table as CSV: UTF-8 with BOM, ISO dates."""
    try:
        day = _asked_day(request)
    except DomainError as error:
        return HttpResponse(describe(error), status=400, content_type="text/plain; charset=utf-8")
    table = series.table(kind, sites.number_for(request), day)
    if table is None:
        return render(request, "404.html", status=404)
    text = io.StringIO()
    csv.writer(text).writerows(_safe(row) for row in table)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="truy-cap-{kind}-{day:%Y%m%d}.csv"'
    response["Cache-Control"] = BRIEFLY
    return response


def _safe(row: list[Any]) -> list[Any]:
    """No cell that a spreadsheet would run as a formula."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@"} else cell for cell in row]
