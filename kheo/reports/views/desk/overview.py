"""The leader's view of the year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_table
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.reports import policy
from kheo.reports.queries import dashboard
from kheo.reports.queries.rendering import TYPES
from kheo.reports.views.desk.writing import viewing


def _areas(request: HttpRequest) -> list[Organization]:
    """Areas in reach: those with others below them first, then by name."""
    reach = accounts.rights(request.user).units(policy.SEEING)
    numbers = {v.organization_id for v in organizations.area_versions(reach)}
    found = list(organizations.with_versions().filter(pk__in=numbers))
    return sorted(found, key=lambda u: (organizations.last_day(u) is not None, str(u)))


def _chosen(request: HttpRequest, areas: list[Organization]) -> tuple[Organization | None, int]:
    given, year = request.GET.get("unit", ""), request.GET.get("year", "")
    unit = next((u for u in areas if str(u.pk) == given), areas[0] if areas else None)
    return unit, int(year) if year.isascii() and year.isdigit() and 1990 <= int(year) <= 2100 else timezone.localdate().year


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


def _workbook(board: dashboard.Board) -> HttpResponse:
    columns = [ColumnSpec(_("Figure"), width=50), ColumnSpec(_("Value"), width=16), ColumnSpec(_("Numerator"), "decimal"), ColumnSpec(_("Denominator"), "decimal"), ColumnSpec(_("A year before"), width=16), ColumnSpec(_("As of"), width=12)]
    shown = [*board.headline, *board.plans, *board.indicators, *board.coverage, *board.procedures, *board.visits]
    unique = {f.token: f for f in shown}
    rows = [[f.label, f.shown, f.numerator, f.denominator, f.attribute("ky_truoc") if f.previous is not None else "", f.as_of] for f in unique.values()]
    data = write_table([TableSheet(_("The year"), columns, rows, title=f"{board.unit} – {board.year}")])
    return HttpResponse(data, content_type=TYPES["xlsx"], headers={"Content-Disposition": f'attachment; filename="tong-quan-{board.year}.xlsx"'})
