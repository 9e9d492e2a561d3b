"""Inspection, supervision and self-inspection: coverage, checks held, findings. Units by date: only those of the scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse

from kheo.core.rules import dates
from kheo.inspections.models import Finding, Inspection, Plan
from kheo.inspections.queries import coverage
from kheo.inspections.rules import DONE, Check, Kind, State, done_units
from kheo.organizations.models import OrganizationVersion
from kheo.reports.rules.figures import Figure, share
from kheo.reports.sources import registry
from kheo.reports.sources.movement import token
from kheo.reports.sources.registry import Cell, Scope, Table

GROUP = "kiem_tra"
KIND_TOKENS = {Kind.INSPECTION: "kiem_tra", Kind.SUPERVISION: "giam_sat", Kind.SELF: "tu_kiem_tra", Kind.COMBINED: "ket_hop"}


@dataclass
class Covered:
    """Units of one kind that plans of the period ask to be checked, and those that were, by kind of check."""

    label: str
    units: dict[int, OrganizationVersion] = field(default_factory=dict)
    done: dict[Kind, set[int]] = field(default_factory=dict)

    @property
    def any_kind(self) -> set[int]:
        """Units with a check of whatever kind."""
        return set().union(*self.done.values())


def plans(scope: Scope) -> list[Plan]:
    """Plans that the period touches and that ask for checks of units of the scope."""
    return [plan for plan, _units in _asked(scope)]


def _asked(scope: Scope) -> list[tuple[Plan, dict[int, OrganizationVersion]]]:
    """Plan → its units that are in the scope, as they were on the day that is spoken of."""
    if "plans" not in scope.cache:
        found = Plan.objects.filter(within_id__in=_with_above(scope.units), starts_on__lte=scope.period.last, ends_on__gte=scope.period.first)
        found = found.select_related("unit_kind").prefetch_related("parent_kinds").order_by("starts_on", "pk")
        asked = ((plan, {v.organization_id: v for v in coverage.active(plan, _last(scope, plan)) if v.organization_id in scope.units}) for plan in found)
        scope.cache["plans"] = [(plan, units) for plan, units in asked if units]
    made: list[tuple[Plan, dict[int, OrganizationVersion]]] = scope.cache["plans"]
    return made


def _with_above(units: frozenset[int]) -> set[int]:
    """The units and all that ever stood above them: a town plans the checks of its wards."""
    found, news = set(units), set(units)
    while news:
        above = OrganizationVersion.objects.filter(organization_id__in=news, parent_id__isnull=False).values_list("parent_id", flat=True)
        news = {parent for parent in above if parent} - found
        found |= news
    return found


def _last(scope: Scope, plan: Plan) -> date:
    return min(scope.day, coverage.as_of(plan, scope.day))


def _covered(scope: Scope) -> dict[str, Covered]:
    """Token of a kind of unit → what the plans for it ask and what was done."""
    found: dict[str, Covered] = {}
    for plan, units in _asked(scope):
        kept = found.setdefault(token(plan.unit_kind.name), Covered(plan.unit_kind.name))
        kept.units.update(units)
        checks = [Check(u, Kind(k), State(s), held) for u, k, s, held in plan.inspections.values_list("unit_id", "kind", "state", "held_on")]
        for kind in plan.kinds:
            kept.done.setdefault(Kind(kind), set()).update(done_units(checks, set(units), plan.starts_on, _last(scope, plan), {Kind(kind)}))
    return found


@registry.source(GROUP, "Kiểm tra, giám sát, tự kiểm tra", lambda scope, code: behind(scope, code))
def figures(scope: Scope) -> Iterable[Figure]:
    """Coverage: distinct units done of those active; in all, by kind of unit and kind of check; checks and findings."""
    everything, done = set[int](), set[int]()
    for name, kept in _covered(scope).items():
        everything |= set(kept.units)
        done |= kept.any_kind
        yield _coverage(scope, name, f"{kept.label} được kiểm tra, giám sát", kept.any_kind, kept.units)
        for kind, numbers in kept.done.items():
            yield _coverage(scope, f"{name}_{KIND_TOKENS[kind]}", f"{kept.label}: {Inspection.Kind(kind).label.lower()}", numbers, kept.units)
    yield _coverage(scope, "bao_phu", "Đơn vị được kiểm tra, giám sát, tự kiểm tra", done, dict.fromkeys(everything))
    known = bool(plans(scope))
    for code, label, number in (
        ("so_cuoc", "Cuộc kiểm tra, giám sát, tự kiểm tra", held(scope).count()), ("kien_nghi", "Nội dung kiến nghị khắc phục", findings(scope).count()),
        ("da_khac_phuc", "Kiến nghị đã khắc phục", findings(scope).filter(closed_on__lte=scope.day).count()),
    ):
        yield Figure(
            f"{GROUP}.{code}", label, GROUP, "count", Decimal(number) if known else None, state="known" if known else "missing",
            as_of=scope.day.isoformat(), href=reverse("inspections_desk:index"),
        )


def _coverage(scope: Scope, code: str, label: str, done: set[int], units: Mapping[int, object]) -> Figure:
    known = bool(plans(scope))
    value, state = share(len(done), len(units)) if known else (None, "missing")
    return Figure(
        f"{GROUP}.{code}", label, GROUP, "percent", value, Decimal(len(done)) if known else None, Decimal(len(units)) if known else None, "%",
        state=state, as_of=scope.day.isoformat(), href=reverse("inspections_desk:index"), public_href=reverse("inspections:index"),
    )


def held(scope: Scope) -> QuerySet[Inspection]:
    """The checks of the scope's units that took place in the period, under its plans."""
    return Inspection.objects.filter(plan__in=plans(scope), unit_id__in=scope.units, state__in=DONE, held_on__gte=scope.period.first, held_on__lte=scope.day)


def findings(scope: Scope) -> QuerySet[Finding]:
    """What those plans' checks found about the scope's units until the day that is spoken of."""
    return Finding.objects.filter(inspection__plan__in=plans(scope), inspection__unit_id__in=scope.units, counted_from__lte=scope.day)


def behind(scope: Scope, code: str) -> Table | None:
    """The rows of a figure: units with and without a check, the checks, or the findings."""
    if code == "so_cuoc":
        return _checks(scope)
    if code in ("kien_nghi", "da_khac_phuc"):
        return _found(scope, code)
    for name, kept in _covered(scope).items():
        kinds = {f"{name}_{KIND_TOKENS[kind]}": (kind,) for kind in kept.done} | {name: tuple(kept.done)}
        if code in kinds:
            return _units(scope, code, kept.units, kinds[code])
    everything = {number: version for kept in _covered(scope).values() for number, version in kept.units.items()}
    return _units(scope, code, everything, tuple(Kind)) if code == "bao_phu" else None


def _units(scope: Scope, code: str, units: Mapping[int, OrganizationVersion], kinds: tuple[Kind, ...]) -> Table:
    """Every unit of the denominator; those of the numerator say by which check."""
    checks: dict[int, list[Inspection]] = {}
    for check in held(scope).filter(kind__in=kinds).order_by("held_on", "pk"):
        checks.setdefault(check.unit_id, []).append(check)
    rows = []
    for number, version in sorted(units.items(), key=lambda pair: (pair[0] in checks, pair[1].sort_key)):
        mine = checks.get(number, [])
        said = "; ".join(f"{c.get_kind_display()} {dates.format_date(c.held_on)}" for c in mine if c.held_on)
        href = reverse("inspections_desk:detail", args=[mine[-1].pk]) if mine else ""
        rows.append([Cell(version.name, href=href), Cell("Đã thực hiện" if mine else "Chưa thực hiện"), Cell(said)])
    return Table(code, "Đơn vị phải kiểm tra", [("Đơn vị", "text", 45), ("Kết quả", "text", 20), ("Các cuộc đã thực hiện", "text", 35)], rows)


def _checks(scope: Scope) -> Table:
    found = held(scope).select_related("plan").prefetch_related("unit__versions").order_by("-held_on", "pk")
    rows = [
        [Cell(str(c.unit), href=reverse("inspections_desk:detail", args=[c.pk])), Cell(str(c.get_kind_display())), Cell(dates.format_date(c.held_on) if c.held_on else ""), Cell(c.plan.name)]
        for c in found
    ]
    return Table("so_cuoc", "Các cuộc kiểm tra, giám sát", [("Đơn vị", "text", 35), ("Hình thức", "text", 20), ("Ngày", "text", 15), ("Kế hoạch", "text", 30)], rows)


def _found(scope: Scope, code: str) -> Table:
    chosen = findings(scope) if code == "kien_nghi" else findings(scope).filter(closed_on__lte=scope.day)
    rows = [
        [
            Cell(str(f.inspection.unit), href=reverse("inspections_desk:detail", args=[f.inspection_id])), Cell(f.text), Cell(dates.format_date(f.deadline)),
            Cell(dates.format_date(f.closed_on) if f.closed_on and f.closed_on <= scope.day else "Chưa khắc phục"),
        ]
        for f in chosen.select_related("inspection").prefetch_related("inspection__unit__versions").order_by("due_on", "pk")
    ]
    return Table(code, "Nội dung kiến nghị", [("Đơn vị", "text", 28), ("Nội dung", "text", 42), ("Hạn", "text", 15), ("Khắc phục ngày", "text", 15)], rows)
