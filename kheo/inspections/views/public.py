"""Inspections in public: coverage and counts, never what was found where."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from kheo.core import once
from kheo.inspections import queries
from kheo.inspections.models import Programme
from kheo.inspections.queries import coverage, programmes, shares


def index(request: HttpRequest) -> HttpResponse:
    """All plans that have begun, newest first, and the scored programmes."""
    plans, today, units = list(queries.public().prefetch_related(None)[:24]), timezone.localdate(), shares.units()
    counted, covered = coverage.findings(plans), shares.of_plans(plans, units)
    rows = [{"plan": plan, "coverage": covered[plan.pk], "findings": counted.get(plan.pk)} for plan in plans]
    boards = shares.of_programmes(list(Programme.objects.filter(starts_on__lte=today)), today.year, units)
    return render(request, "inspections/public/index.html", {"rows": rows, "boards": boards, "now": timezone.now()})


@once.reading()
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """One plan: coverage by kind, and which units are done."""
    shown = get_object_or_404(queries.public(), slug=slug)
    context = {"board": coverage.board(shown), "plan": shown, "findings": coverage.findings([shown]).get(shown.pk)}
    return render(request, "inspections/public/plan.html", context)


@once.reading()
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A scored programme: criteria, who launched when by which document, results of a year."""
    shown = get_object_or_404(Programme.objects.select_related("document"), slug=slug, starts_on__lte=timezone.localdate())
    years = programmes.years(shown)
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(y) for y in years} else years[0]
    scheme = shown.schemes.filter(valid_from__year__lte=year).order_by("-valid_from", "-version").first() or shown.schemes.first()
    return render(
        request, "inspections/public/programme.html",
        {"programme": shown, "board": programmes.board(shown, year), "years": years, "year": year, "scheme": scheme},
    )
