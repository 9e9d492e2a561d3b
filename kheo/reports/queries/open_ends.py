"""What rooms below have not finished when a report is checked: rounds, units, months. Each with its place."""

from __future__ import annotations

from django.urls import reverse

from kheo.core.rules import dates
from kheo.core.rules.numbers import format_number
from kheo.indicators.models import Round
from kheo.indicators.rules.rounds import APPROVED, EDITABLE
from kheo.inspections.queries import coverage
from kheo.organizations import queries as organizations
from kheo.procedures.queries import figures as published
from kheo.procedures.rules.periods import CALENDAR
from kheo.reports.queries import checks
from kheo.reports.queries.compiling import Compiled
from kheo.reports.rules.checks import WARNS, Finding
from kheo.reports.sources import inspections as checked
from kheo.reports.sources import practices, targets
from kheo.reports.sources.registry import Scope

SHOWN = 6


def _listed(names: list[str]) -> str:
    """The first names, and how many more there are."""
    told = ", ".join(names[:SHOWN])
    return told if len(names) <= SHOWN else f"{told} và {format_number(len(names) - SHOWN)} đơn vị khác"


@checks.register
def rounds(scope: Scope, found: Compiled) -> list[Finding]:
    """Collection rounds on days of the period in which some unit has not sent, or nobody approved yet."""
    result = []
    chosen = Round.objects.filter(unit_id__in=scope.units, period__first__gte=scope.period.first, period__last__lte=scope.period.last)
    for around in chosen.prefetch_related("submissions__unit__versions"):
        rows = list(around.submissions.all())
        href = reverse("indicators_desk:round", args=[around.pk])
        unsent = [organizations.name_on(s.unit, scope.day) for s in rows if s.state in EDITABLE]
        waiting = [organizations.name_on(s.unit, scope.day) for s in rows if s.state not in EDITABLE and s.state != APPROVED]
        if unsent:
            result.append(Finding(
                WARNS, "round", f"Đợt thu thập “{around}” (đúng hạn đến {dates.format_date(around.on_time_by)}): {format_number(len(unsent))}/{format_number(len(rows))} đơn vị chưa gửi: {_listed(unsent)}.", href,
            ))
        if waiting:
            result.append(Finding(WARNS, "round", f"Đợt thu thập “{around}”: {format_number(len(waiting))} đơn vị đã gửi, chưa được duyệt: {_listed(waiting)}.", href))
    return result


@checks.register
def indicators(scope: Scope, found: Compiled) -> list[Finding]:
    """Indicators added up from units of which some said nothing."""
    partial = [(code, f) for code, f in targets.measured(scope).items() if f.value is not None and not f.complete]
    return [
        Finding(
            WARNS, "units", f"“{figure.definition.name}” mới có số liệu của {format_number(figure.known)}/{format_number(figure.total)} đơn vị.",
            reverse("indicators_desk:grid", args=[scope.unit.slug, scope.period.code]),
        )
        for _code, figure in partial[:SHOWN]
    ]


@checks.register
def inspections(scope: Scope, found: Compiled) -> list[Finding]:
    """Units of a plan without any check in the period."""
    result = []
    for plan in checked.plans(scope):
        missing = coverage.board(plan, coverage.as_of(plan, scope.day)).missing
        names = [row.version.name for row in missing if row.version.organization_id in scope.units]
        if names:
            result.append(Finding(WARNS, "inspections", f"{plan.name}: {format_number(len(names))} đơn vị chưa được kiểm tra: {_listed(names)}.", reverse("inspections_desk:plan", args=[plan.pk])))
    return result


@checks.register
def wards(scope: Scope, found: Compiled) -> list[Finding]:
    """Wards and communes without any registered practice."""
    if not practices.cycles(scope):
        return []
    joined = {f.ward for f in practices.facts(scope) if f.registered}
    areas = organizations.versions_on(scope.day).filter(organization_id__in=scope.units, kind__is_area=True).exclude(organization_id=scope.unit.pk)
    names = [v.name for v in areas if v.organization_id not in joined]
    if not names:
        return []
    return [Finding(WARNS, "wards", f"{format_number(len(names))} xã, phường chưa có mô hình, điển hình đăng ký: {_listed(names)}.", reverse("practices_desk:list"))]


@checks.register
def procedures(scope: Scope, found: Compiled) -> list[Finding]:
    """Months of the period without published results, when there are some for others."""
    told = {p.code for p in published.periods_of(scope.period.code, CALENDAR)}
    if not told or scope.period.code in told:
        return []
    year = scope.period.first.year
    wanted = [f"{year}-{month:02d}" for month in range(scope.period.first.month, min(scope.period.last, scope.day).month + 1)]
    absent = [f"{code[5:]}/{code[:4]}" for code in wanted if code not in told]
    if not absent:
        return []
    return [Finding(WARNS, "procedures", f"Kết quả TTHC chưa công bố cho các tháng: {', '.join(absent)}; số liệu trong báo cáo chỉ gồm các tháng đã công bố.", reverse("procedures_desk:index"))]
