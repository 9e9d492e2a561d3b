"""Indicators for everyone: the year of an area, one figure with its rows, plans with their targets."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kheo.core.rules import numbers
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_csv, write_table
from kheo.indicators.models import Observation, Period, Plan
from kheo.indicators.queries import boards, definitions, public_page
from kheo.indicators.queries.figures import Figure, Lens
from kheo.organizations.models import Organization

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHARTED = 8
STATUSES = dict(Observation.Status.choices)


def _chosen(request: HttpRequest) -> tuple[Period | None, Organization | None, list[tuple[Organization, str]]]:
    """Period and area that the address asks for; what cannot be understood gives the first of the list."""
    known = public_page.years()
    asked = definitions.known_period(request.GET.get("year", ""))
    period = asked if asked in known else _with_plans(known)
    if period is None:
        return None, None, []
    areas = public_page.areas(period)
    wanted = request.GET.get("unit", "")
    unit = next((u for u, _name in areas if u.slug == wanted), areas[0][0] if areas else None)
    return period, unit, areas


def _with_plans(known: list[Period]) -> Period | None:
    """The newest year with a plan, else the newest with figures."""
    planned = set(Plan.objects.values_list("period_id", flat=True))
    return next((p for p in known if p.pk in planned), known[0] if known else None)


def index(request: HttpRequest) -> HttpResponse:
    """The figures of an area for a year, beside the year before, and the boards of its plans."""
    period, unit, areas = _chosen(request)
    if period is None or unit is None:
        return render(request, "indicators/public/empty.html")
    reader = Lens([period])
    groups = public_page.table(reader, unit.pk, period)
    made = [boards.board(plan, reader) for plan in boards.plans(period, unit.pk)]
    chart = [
        {"label": line.figure.definition.name, "value": line.figure.value, "href": _detail(line.figure, unit.slug)}
        for _group, lines in groups for line in lines if line.figure.definition.is_percent and line.figure.definition.is_share and line.figure.value is not None
    ]
    earlier = reader.earlier(period, 1)
    return render(request, "indicators/public/index.html", {
        "period": period, "unit": unit, "unit_name": {u.pk: name for u, name in areas}[unit.pk], "areas": areas, "years": public_page.years(),
        "groups": groups, "boards": made, "chart": chart[:CHARTED], "earlier": earlier, "successor": public_page.successor(unit, period), "heirs": public_page.heirs(unit, period),
        "query": urlencode({"unit": unit.slug, "year": period.code}),
    })


def _detail(figure: Figure, slug: str) -> str:
    return f"{reverse('indicators:detail', args=[figure.indicator.code])}?{urlencode({'unit': slug, 'year': figure.period.code})}"


def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: its definition, the rows it comes from, its years and the targets set for it."""
    indicator = public_page.indicator(code)
    if indicator is None:
        raise Http404
    period, unit, areas = _chosen(request)
    if period is None or unit is None:
        return render(request, "indicators/public/empty.html")
    reader = Lens([period])
    figure = reader.figure(reader.by_code[code], unit.pk, period)
    if figure is None:
        raise Http404
    series = public_page.series(reader, figure.indicator, unit, period)
    rows = public_page.rows(reader, figure)
    targets = [row for plan in boards.plans(period, unit.pk) for row in boards.board(plan, reader).rows if row.target.indicator_id == indicator.pk]
    kind = "percent" if figure.definition.is_percent else "number"
    return render(request, "indicators/public/detail.html", {
        "figure": figure, "definition": figure.definition, "period": period, "unit": unit, "areas": areas, "years": public_page.years(),
        "unit_name": {u.pk: name for u, name in areas}[unit.pk], "rows": rows, "series": series, "kind": kind, "targets": targets,
        "series_chart": [{"label": p.period.name + (" ‖" if p.broken else ""), "value": p.figure.value} for p in series],
        "rows_chart": [{"label": name, "value": made.value} for name, _slug, made in rows], "versions": indicator.versions.all(),
        "history": public_page.history(figure) if figure.origin == "own" else [], "used": _used(reader, figure, unit),
        "successor": public_page.successor(unit, period), "heirs": public_page.heirs(unit, period),
    })


def _used(reader: Lens, figure: Figure, unit: Organization) -> list[dict[str, Any]]:
    """The figures a formula uses, with the years it looks back to."""
    if figure.origin != "formula":
        return []
    found = []
    for code in sorted(definitions.depends().get(figure.indicator.code, ())):
        for years in range(4):
            when = reader.earlier(figure.period, years)
            made = reader.figure(reader.by_code[code], unit.pk, when) if when and code in reader.by_code else None
            if made is not None and made.state == "known":
                found.append({"figure": made, "href": _detail(made, unit.slug)})
    return found


def plans(request: HttpRequest) -> HttpResponse:
    """All plans of one area and period as one table."""
    period, unit, areas = _chosen(request)
    if period is None or unit is None:
        return render(request, "indicators/public/empty.html")
    reader = Lens([period])
    made = [boards.board(plan, reader) for plan in boards.plans(period, unit.pk)]
    return render(request, "indicators/public/plans.html", {
        "period": period, "unit": unit, "unit_name": {u.pk: name for u, name in areas}[unit.pk], "areas": areas, "years": public_page.years(),
        "boards": made, "rows": boards.side_by_side(made), "successor": public_page.successor(unit, period), "heirs": public_page.heirs(unit, period),
    })


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of one plan: every target with its result; `result` shows those of one result."""
    shown = get_object_or_404(boards.plans(), pk=pk)
    board = boards.board(shown, Lens([shown.period]))
    asked = request.GET.get("result", "")
    result = asked if asked in ("good", "exceeded", "met", "not_met", "no_data") else ""
    siblings = [boards.board(other, Lens([shown.period])) for other in boards.plans(shown.period, shown.unit_id) if other.pk != shown.pk]
    return render(request, "indicators/public/plan.html", {"plan": shown, "board": board, "rows": board.with_result(result), "result": result, "siblings": siblings})


def download(request: HttpRequest, form: str) -> HttpResponse:
    """The table of the page as .csv or .xlsx."""
    period, unit, _areas = _chosen(request)
    if period is None or unit is None or form not in ("csv", "xlsx"):
        raise Http404
    titles = [_("Code"), _("Indicator"), _("Unit of measure"), _("Value"), _("Numerator"), _("Denominator"), _("Year before"), _("Status")]
    rows: list[list[Any]] = []
    for _group, lines in public_page.table(Lens([period]), unit.pk, period):
        for line in lines:
            f, places = line.figure, line.figure.definition.decimals
            value, before = (None if v is None else numbers.half_up(v, places) for v in (f.value, line.before.value if line.before else None))
            above, below = (None if v is None else numbers.trimmed(v) for v in (f.numerator, f.denominator))
            rows.append([f.indicator.code, f.definition.name, f.definition.unit_text, value, above, below, before, str(STATUSES.get(f.status, ""))])
    name = f"chi-tieu-{unit.slug}-{period.code}.{form}"
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return HttpResponse(write_csv(titles, rows), content_type="text/csv; charset=utf-8", headers=head)
    sheet = TableSheet(period.code, [ColumnSpec(t, "decimal" if n in (3, 4, 5, 6) else "text", 60 if n == 1 else 14) for n, t in enumerate(titles)], rows, str(period))
    return HttpResponse(write_table([sheet]), content_type=XLSX, headers=head)
