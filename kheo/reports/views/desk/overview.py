"""The leader's view of the year."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.core.rules.periods import period
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_table
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.reports import policy
from kheo.reports.queries import compiling, dashboard
from kheo.reports.queries.rendering import TYPES
from kheo.reports.queries.scopes import scope_of
from kheo.reports.sources import registry
from kheo.reports.views.desk.writing import viewing


def _areas(request: HttpRequest) -> list[Organization]:
    """Areas in reach: those with others below them first, then by name."""
    reach = accounts.rights(request.user).units(policy.SEEING)
    numbers = {v.organization_id for v in organizations.area_versions(reach)}
    found = list(organizations.with_versions().filter(pk__in=numbers))
    return sorted(found, key=lambda u: (organizations.last_day(u) is not None, str(u)))


def _chosen(request: HttpRequest, areas: list[Organization]) -> tuple[Organization | None, int]:
    """The unit and year that the address asks for; without a unit the widest one that existed in that year."""
    given, asked = request.GET.get("unit", ""), request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and 1990 <= int(asked) <= 2100 else timezone.localdate().year
    wanted = next((u for u in areas if str(u.pk) == given), None)
    return wanted or _usual(areas, year), year


def _usual(areas: list[Organization], year: int) -> Organization | None:
    """The first area that existed in the year and stood below no other of them."""
    day = min(date(year, 12, 31), timezone.localdate())
    then = dict(organizations.versions_on(day).filter(organization__in=areas).values_list("organization_id", "parent_id"))
    widest = [u for u in areas if u.pk in then and then[u.pk] not in then]
    return next(iter(widest or areas), None)


@viewing
def overview(request: HttpRequest) -> HttpResponse:
    """Movement, targets, coverage, procedures and visits of one unit and year; ?tai=xlsx gives the file."""
    areas = _areas(request)
    unit, year = _chosen(request, areas)
    board = dashboard.board(unit, year) if unit else None
    if board is not None and request.GET.get("tai") == "xlsx":
        return _workbook(board)
    return render(
        request, "reports/desk/overview.html",
        {"board": board, "areas": areas, "unit": unit, "year": year, "years": dashboard.years() + ([year] if year not in dashboard.years() else []), "query": request.GET.urlencode(), "now": timezone.localtime()},
    )


@viewing
def figure(request: HttpRequest) -> HttpResponse:
    """One figure of the year: value, numerator and denominator, its day, and the rows behind it."""
    unit, year = _chosen(request, _areas(request))
    if unit is None:
        raise Http404
    found = compiling.compiled(scope_of(unit, period("year", year)))
    shown = found.figures.get(request.GET.get("ma", ""))
    if shown is None:
        raise Http404
    return render(
        request, "reports/desk/figure.html",
        {"figure": shown, "table": registry.rows_behind(shown.token, found.scope), "day": found.scope.day, "unit": unit, "unit_name": compiling.unit_name(found.figures), "year": year},
    )


def _workbook(board: dashboard.Board) -> HttpResponse:
    columns = [ColumnSpec(_("Figure"), width=50), ColumnSpec(_("Value"), width=16), ColumnSpec(_("Numerator"), "decimal"), ColumnSpec(_("Denominator"), "decimal"), ColumnSpec(_("A year before"), width=16), ColumnSpec(_("As of"), width=12)]
    shown = [*board.headline, *board.movement, *board.plans, *board.indicators, *board.coverage, *board.procedures, *board.visits]
    unique = {f.token: f for f in shown}
    rows = [[f.label, f.shown, f.numerator, f.denominator, f.attribute("ky_truoc") if f.previous is not None else "", f.as_of] for f in unique.values()]
    data = write_table([TableSheet(_("The year"), columns, rows, title=f"{board.unit} – {board.year}")])
    return HttpResponse(data, content_type=TYPES["xlsx"], headers={"Content-Disposition": f'attachment; filename="tong-quan-{board.year}.xlsx"'})
