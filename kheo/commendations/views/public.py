"""The honour roll."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.commendations import queries
from kheo.commendations.models import Level
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_csv, write_table
from kheo.movements import queries as movements
from kheo.movements.models import Cycle, Field
from kheo.organizations.models import Organization

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _chosen(request: HttpRequest) -> dict[str, object]:
    """The filters that can be understood; others are ignored."""
    level = Level.objects.filter(code=request.GET.get("level", "")).first()
    ward = Organization.objects.filter(slug=request.GET.get("ward", "")).first()
    field = Field.objects.filter(code=request.GET.get("field", "")).first()
    cycle = Cycle.objects.filter(code=request.GET.get("year", "")).first()
    return {"cycle": cycle, "level": level.code if level else "", "ward": ward.pk if ward else None, "field": field.code if field else ""}


def honour_roll(request: HttpRequest) -> HttpResponse:
    """Who was commended, by year and level. Persons are named only with their consent."""
    chosen = _chosen(request)
    roll = queries.honour_roll(**chosen, limit=500)  # type: ignore[arg-type]
    return render(
        request, "commendations/public/honour_roll.html",
        {
            "roll": roll, "chosen": request.GET, "cycles": movements.cycles(), "levels": Level.objects.all(), "wards": queries.wards_on_roll(),
            "fields": Field.objects.all(), "now": timezone.now(), "query": request.GET.urlencode(),
        },
    )


def download(request: HttpRequest, form: str) -> HttpResponse:
    """The same as .csv or .xlsx, under the same rule of consent."""
    roll = queries.honour_roll(**_chosen(request))  # type: ignore[arg-type]
    titles = [_("Name"), _("Unit"), _("Ward or commune"), _("Achievement"), _("Form of commendation"), _("Level"), _("Decision"), _("Issuing body"), _("Date of issue")]
    rows: list[list[Any]] = [[h.name, h.unit, h.ward, h.achievement, h.form, h.level, h.document, h.issuer, h.decided_on] for h in roll]
    if form == "csv":
        flat = [[*row[:-1], row[-1].isoformat()] for row in rows]
        return HttpResponse(write_csv(titles, flat), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="bang-vang.csv"'})
    if form == "xlsx":
        sheet = TableSheet(_("Honour roll"), [*(ColumnSpec(t, width=30) for t in titles[:-1]), ColumnSpec(titles[-1], "date")], rows)
        return HttpResponse(write_table([sheet]), content_type=XLSX, headers={"Content-Disposition": 'attachment; filename="bang-vang.xlsx"'})
    raise Http404
