"""Indicators for everyone: the year of an area, one figure with its rows, plans with their targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kheo.core import once
from kheo.core.rules import numbers
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_csv, write_table
from kheo.indicators import sources
from kheo.indicators.models import Observation, Period
from kheo.indicators.queries import boards, definitions, public_page
from kheo.indicators.queries.figures import Figure, Lens
from kheo.indicators.rules import formula
from kheo.organizations.models import Organization

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHARTED = 8
STATUSES = dict(Observation.Status.choices)


@dataclass(frozen=True)
class Chosen:
    """Period and area that the address asks for, with a reader of their figures and of those of the year before."""

    period: Period
    unit: Organization
    areas: list[tuple[Organization, str]]
    reader: Lens


def _chosen(request: HttpRequest) -> Chosen | None:
    """What the address asks for; what cannot be understood gives the first of the list. None without any figures."""
    known = public_page.years()
    asked = definitions.known_period(request.GET.get("year", ""))
    period = next((p for p in known if p == asked), None) or _with_plans(known)
    if period is None:
        return None
    reader = Lens([period], back=1, indicators=definitions.defined())
    areas = public_page.areas(reader, period)
    wanted = request.GET.get("unit", "")
    unit = next((u for u, _name in areas if u.slug == wanted), areas[0][0] if areas else None)
    return Chosen(period, unit, areas, reader) if unit is not None else None


def _with_plans(known: list[Period]) -> Period | None:
    """The newest year with a plan, else the newest with figures."""
    return next((p for p in known if p.planned), known[0] if known else None)  # type: ignore[attr-defined]


@once.reading()
def index(request: HttpRequest) -> HttpResponse:
    """The figures of an area for a year, beside the year before, and the boards of its plans."""
    chosen = _chosen(request)
    if chosen is None:
        return render(request, "indicators/public/empty.html")
    period, unit, areas, reader = chosen.period, chosen.unit, chosen.areas, chosen.reader
    groups = public_page.table(reader, unit.pk, period)
    made = [boards.board(plan, reader) for plan in boards.of_unit(period, unit.pk)]
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


@once.reading()
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: its definition, the rows it comes from, its years and the targets set for it."""
    chosen = _chosen(request)
    if chosen is None and public_page.indicator(code) is not None:
        return render(request, "indicators/public/empty.html")
    if chosen is None or code not in chosen.reader.by_code:
        raise Http404
    period, unit, areas, reader = chosen.period, chosen.unit, chosen.areas, chosen.reader
    indicator = reader.by_code[code]
    sources.announce(public_page.alike(period))
    figure = reader.figure(indicator, unit.pk, period)
    if figure is None:
        raise Http404
    series = public_page.series(reader, figure.indicator, unit, period)
    rows = public_page.rows(reader, figure)
    targets = [row for plan in boards.of_unit(period, unit.pk) for row in boards.board(plan, reader).rows if row.target.indicator_id == indicator.pk]
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
    for code in sorted(formula.parse(figure.definition.formula).codes):
        for years in range(4):
            when = reader.earlier(figure.period, years)
            made = reader.figure(reader.by_code[code], unit.pk, when) if when and code in reader.by_code else None
            if made is not None and made.state == "known":
                found.append({"figure": made, "href": _detail(made, unit.slug)})
    return found


@once.reading()
def plans(request: HttpRequest) -> HttpResponse:
    """All plans of one area and period as one table."""
    chosen = _chosen(request)
    if chosen is None:
        return render(request, "indicators/public/empty.html")
    period, unit, areas, reader = chosen.period, chosen.unit, chosen.areas, chosen.reader
    made = [boards.board(plan, reader) for plan in boards.of_unit(period, unit.pk)]
    return render(request, "indicators/public/plans.html", {
        "period": period, "unit": unit, "unit_name": {u.pk: name for u, name in areas}[unit.pk], "areas": areas, "years": public_page.years(),
        "boards": made, "rows": boards.side_by_side(made), "successor": public_page.successor(unit, period), "heirs": public_page.heirs(unit, period),
    })


@once.reading()
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of one plan: every target with its result; `result` shows those of one result."""
    shown = get_object_or_404(boards.plans(), pk=pk)
    reader = Lens([shown.period], back=1, indicators=definitions.defined())
    board = boards.board(shown, reader)
    asked = request.GET.get("result", "")
    result = asked if asked in ("good", "exceeded", "met", "not_met", "no_data") else ""
    siblings = [boards.board(other, reader) for other in boards.of_unit(shown.period, shown.unit_id) if other.pk != shown.pk]
    return render(request, "indicators/public/plan.html", {"plan": shown, "board": board, "rows": board.with_result(result), "result": result, "siblings": siblings})


@once.reading()
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The table of the page as .csv or .xlsx."""
    chosen = _chosen(request)
    if chosen is None or form not in ("csv", "xlsx"):
        raise Http404
    period, unit = chosen.period, chosen.unit
    titles = [_("Code"), _("Indicator"), _("Unit of measure"), _("Value"), _("Numerator"), _("Denominator"), _("Year before"), _("Status")]
    rows: list[list[Any]] = []
    for _group, lines in public_page.table(chosen.reader, unit.pk, period):
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
