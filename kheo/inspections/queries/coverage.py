"""Coverage of a plan: which units are active, which are done, who is missing since when and was reminded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from kheo.core import once
from kheo.inspections import rules
from kheo.inspections.models import Finding, Inspection, Plan, Reminder
from kheo.inspections.models.plans import Covering
from kheo.inspections.rules import Check, Coverage, Kind, State
from kheo.organizations import queries as organizations
from kheo.organizations.models import OrganizationVersion


def active(covering: Covering, day: date) -> list[OrganizationVersion]:
    """The units something is about that exist on a day, in Vietnamese order, with the names of those above them."""
    found = _active(covering, day)
    prefetch_related_objects(found, "parent__versions")
    return found


def _active(covering: Covering, day: date) -> list[OrganizationVersion]:
    below = organizations.subtree_ids(covering.within_id, day) - {covering.within_id}
    found = organizations.versions_on(day).filter(organization_id__in=below, kind_id=covering.unit_kind_id)
    kinds = {kind.pk for kind in covering.parent_kinds.all()}
    if kinds:
        parents = organizations.versions_on(day).filter(kind_id__in=kinds).values("organization_id")
        found = found.filter(parent_id__in=parents)
    return list(found.select_related("parent").order_by("sort_key"))


def as_of(plan: Plan, day: date | None = None) -> date:
    """The day coverage speaks of: today, but never outside the plan's time."""
    return max(min(day or timezone.localdate(), plan.ends_on), plan.starts_on)


def of(plan: Plan, day: date | None = None, kinds: Iterable[Kind] = ()) -> Coverage:
    """Distinct units done of those active."""
    last = as_of(plan, day)
    units = {version.organization_id for version in active(plan, last)}
    return rules.coverage(_checks(plan), units, plan.starts_on, last, frozenset(kinds))


def _checks(plan: Plan) -> list[Check]:
    rows = plan.inspections.values_list("unit_id", "kind", "state", "held_on")
    return [Check(unit, Kind(kind), State(state), held_on) for unit, kind, state, held_on in rows]


@dataclass
class Row:
    """A unit on the board: its checks by kind, since when one is missing, when it was reminded."""

    version: OrganizationVersion
    checks: list[Inspection] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    done: bool = False
    missing: list[Any] = field(default_factory=list)
    missing_since: date | None = None
    open_findings: int = 0
    late_findings: int = 0


@dataclass(frozen=True)
class Board:
    """The 100% board of a plan."""

    plan: Plan
    total: Coverage
    by_kind: list[tuple[str, Any, Coverage]]
    rows: list[Row]
    left: list[OrganizationVersion]
    """Units that were active when the plan began and are no longer counted, since they ended."""

    @property
    def missing(self) -> list[Row]:
        """Units without any check that took place."""
        return [row for row in self.rows if not row.done]


def board(plan: Plan, day: date | None = None) -> Board:
    """Everything the board shows, in a fixed number of queries."""
    last = as_of(plan, day)
    prefetch_related_objects([plan], "parent_kinds")
    units = _active(plan, last)
    numbers = {version.organization_id for version in units}
    held = list(plan.inspections.order_by("held_on", "pk"))
    checks = [Check(row.unit_id, Kind(row.kind), State(row.state), row.held_on) for row in held]
    by_kind = [
        (kind, Inspection.Kind(kind).label, rules.coverage(checks, numbers, plan.starts_on, last, {Kind(kind)})) for kind in plan.kinds
    ]
    begun = _active(plan, plan.starts_on) if plan.starts_on != last else units
    earlier = [v for v in begun if v.organization_id not in numbers]
    prefetch_related_objects([*units, *earlier], "parent__versions")
    rows = _rows(plan, {version.organization_id: Row(version) for version in units}, held)
    anything = rules.done_units(checks, numbers, plan.starts_on, last)
    done = {kind: rules.done_units(checks, numbers, plan.starts_on, last, {Kind(kind)}) for kind in plan.kinds}
    for number, row in rows.items():
        row.done = number in anything
        row.missing = [Inspection.Kind(kind).label for kind in plan.kinds if number not in done[kind]]
        row.missing_since = None if row.done else max(plan.starts_on, row.version.valid_from)
    return Board(plan, rules.coverage(checks, numbers, plan.starts_on, last), by_kind, list(rows.values()), earlier)


def _rows(plan: Plan, rows: dict[int, Row], held: list[Inspection]) -> dict[int, Row]:
    """The rows with their checks, reminders and open findings."""
    for check in held:
        if check.unit_id in rows and check.state != State.CANCELLED:
            rows[check.unit_id].checks.append(check)
    for reminder in plan.reminders.order_by("-rule_date"):
        if reminder.unit_id in rows:
            rows[reminder.unit_id].reminders.append(reminder)
    today = timezone.localdate()
    for finding in _found([plan]):
        row = rows.get(finding.inspection.unit_id)
        if row is not None and finding.state != Finding.State.CLOSED:
            row.open_findings += 1
            row.late_findings += rules.is_late(rules.FindingState(finding.state), finding.deadline, None, today)
    return rows


@dataclass(frozen=True)
class Findings:
    """How many findings there are, and of those how many are open, late, mended in time, mended late."""

    total: int
    open: int
    late: int
    mended: int
    mended_late: int


def _found(plans: list[Plan]) -> list[Finding]:
    rows = Finding.objects.filter(inspection__plan__in=plans).select_related("inspection")
    return once.kept(("inspections.findings", *(plan.pk for plan in plans)), lambda: list(rows))


def findings(plans: Iterable[Plan], day: date | None = None) -> dict[int, Findings]:
    """Counts of findings by plan, as they stand on a day."""
    today = day or timezone.localdate()
    counted: dict[int, list[int]] = defaultdict(lambda: [0] * 5)
    for finding in _found(list(plans)):
        numbers = counted[finding.inspection.plan_id]
        closed = finding.state == Finding.State.CLOSED
        late = rules.is_late(rules.FindingState(finding.state), finding.deadline, finding.closed_on, today)
        numbers[0] += 1
        numbers[1] += not closed
        numbers[2] += late and not closed
        numbers[3] += closed
        numbers[4] += late and closed
    return {plan: Findings(*numbers) for plan, numbers in counted.items()}
