"""The writing of a reorganization, step by step, with a record of what was created and closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import format_date
from kheo.documents.models import Document
from kheo.organizations import queries
from kheo.organizations.actions import change_version, create_unit, write_version
from kheo.organizations.actions.reorganize_checks import below_closing
from kheo.organizations.models import (
    Mandate,
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Reorganization,
    Succession,
)
from kheo.organizations.rules import NewUnit, Plan


@dataclass(frozen=True)
class Line:
    """One thing that happens: the unit, and to or under which other unit."""

    name: str
    other: str = ""
    note: str = ""

    def __str__(self) -> str:
        return " → ".join(part for part in (self.name, self.other) if part)


LISTS = ("closed", "created", "changed", "passed", "mandates")


@dataclass
class Steps:
    """What was written, in words for people and as numbers for taking it back."""

    closed: list[Line] = field(default_factory=list)
    created: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    passed: list[Line] = field(default_factory=list)
    mandates: list[Line] = field(default_factory=list)
    closed_versions: list[tuple[int, date | None]] = field(default_factory=list)
    ended_mandates: list[tuple[int, date | None]] = field(default_factory=list)
    new_versions: list[int] = field(default_factory=list)
    new_units: list[int] = field(default_factory=list)
    changed_units: list[int] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """For Reorganization.steps."""

        def pairs(rows: list[tuple[int, date | None]]) -> list[list[Any]]:
            return [[pk, day.isoformat() if day else None] for pk, day in rows]

        return {
            "closed": pairs(self.closed_versions), "mandates": pairs(self.ended_mandates),
            "versions": self.new_versions, "units": self.new_units, "units_changed": self.changed_units,
            "successions": [step.pk for step in self.successions],
            "words": {name: [[line.name, line.other] for line in getattr(self, name)] for name in LISTS},
        }

    def belong_to(self, made: Reorganization) -> None:
        """Tie the successions to the row that can undo them."""
        for step in self.successions:
            step.reorganization = made
        Succession.objects.bulk_update(self.successions, ["reorganization"])


def run(plan: Plan, decision: Document | None) -> Steps:
    """Write everything the plan says; must run inside a transaction. Without a decision it is a trial.

    Raises InvalidInput at the first contradiction with other units.
    """
    steps = Steps()
    if plan.kind in ("rename", "transfer"):
        _change(plan, decision, steps)
        return steps
    closing = {number: _version(number, plan.on) for number in plan.closing}
    below = below_closing(plan)
    ends = {move.unit for move in plan.moves if move.to is None}
    for version in closing.values():
        _close(version, plan.on, steps)
    for child in below:
        if child.organization_id in ends:
            _close_whole(child, plan.on, steps)
    successors = [_successor(s.existing, s.new, plan, decision, steps) for s in plan.successors]
    for move in plan.moves:
        if move.to is not None:
            _move(move.unit, successors[move.to], move.name, plan, decision, steps)
    _succeed(plan, successors, decision, steps)
    _end_mandates(plan.on, steps)
    return steps


def _version(number: int, on: date) -> OrganizationVersion:
    return write_version.current(Organization.objects.get(pk=number), on)


def _close(version: OrganizationVersion, on: date, steps: Steps) -> None:
    if version.valid_to == on:  # it ended that day by an earlier step; only its succession is new
        return
    steps.closed_versions.append((version.pk, version.valid_to))
    write_version.close(version, on)
    steps.closed.append(Line(version.name))


def _close_whole(version: OrganizationVersion, on: date, steps: Steps) -> None:
    """End a unit and everything still below it."""
    _close(version, on, steps)
    below = OrganizationVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), parent=version.organization_id
    )
    for child in below:
        _close_whole(child, on, steps)


def _successor(
    existing: int | None, new: NewUnit | None, plan: Plan, decision: Document | None, steps: Steps
) -> Organization:
    if new is None:
        return Organization.objects.get(pk=existing or 0)
    data = write_version.VersionData(
        name=new.name, kind=kind(new.kind), start=plan.on, code=new.code, short_name=new.short_name,
        name_en=new.name_en, basis=decision,
        parent=Organization.objects.get(pk=new.parent) if new.parent is not None else None,
    )
    made = create_unit.found_unit(data)
    version = made.versions.get()
    steps.new_units.append(made.pk)
    steps.new_versions.append(version.pk)
    steps.created.append(Line(version.name, str(data.parent or "")))
    return made


def kind(code: str) -> OrganizationKind:
    """The kind of that code; InvalidInput when there is none."""
    found = OrganizationKind.objects.filter(code=code).first()
    if found is None:
        raise InvalidInput(_("There is no kind of unit with the code “%(code)s”.") % {"code": code}, field="kind")
    return found


def _move(
    number: int, to: Organization, name: str, plan: Plan, decision: Document | None, steps: Steps
) -> None:
    changes: dict[str, Any] = {"parent": to}
    if name:
        changes["name"] = name
    _replace(number, plan, decision, steps, changes)


def _replace(number: int, plan: Plan, decision: Document | None, steps: Steps, changes: dict[str, Any]) -> None:
    unit = Organization.objects.get(pk=number)
    old_end = write_version.current(unit, plan.on).valid_to
    before, after = change_version.replace_version(unit, plan.on, basis=decision, **changes)
    steps.closed_versions.append((before.pk, old_end))
    steps.new_versions.append(after.pk)
    steps.changed_units.append(unit.pk)
    steps.changed.append(_difference(before, after, plan.on))


def _difference(before: OrganizationVersion, after: OrganizationVersion, on: date) -> Line:
    """What changed of a unit that goes on: its name, what it belongs to, or both; else the name alone."""
    old, new = (
        queries.name_on(version.parent, day) if version.parent else ""
        for version, day in ((before, on - timedelta(days=1)), (after, on))
    )
    if before.parent_id == after.parent_id:
        return Line(before.name, after.name if after.name != before.name else "")
    if before.name == after.name:
        return Line(f"{before.name}: {old or '–'}", new or "–")
    return Line(f"{before.name}, {old}", f"{after.name}, {new}")


def _change(plan: Plan, decision: Document | None, steps: Steps) -> None:
    """A new name, or a new superior unit: the same unit goes on with its next version."""
    changes: dict[str, Any] = {}
    if plan.kind == "transfer":
        changes["parent"] = Organization.objects.get(pk=plan.to_parent or 0)
    elif plan.change is not None:
        changes = {name: getattr(plan.change, name) for name in ("name", "short_name") if getattr(plan.change, name)}
        if plan.change.code is not None:
            changes["code"] = plan.change.code
        if plan.change.kind:
            changes["kind"] = kind(plan.change.kind)
    names = {move.unit: move.name for move in plan.moves if move.name}
    for number in plan.predecessors:
        own = {"name": names[number]} if number in names else {}
        _replace(number, plan, decision, steps, {**changes, **own})


def _succeed(plan: Plan, successors: list[Organization], decision: Document | None, steps: Steps) -> None:
    for number in plan.predecessors:
        predecessor = Organization.objects.get(pk=number)
        for successor in successors:
            if successor.pk == number:
                continue
            partial = number in plan.partial or len(successors) > 1
            steps.passed.append(Line(queries.name_on(predecessor, plan.on), queries.name_on(successor, plan.on)))
            if decision is not None:
                made, _made = Succession.objects.get_or_create(
                    predecessor=predecessor, successor=successor, on=plan.on,
                    defaults={"kind": plan.kind, "partial": partial, "basis": decision},
                )
                steps.successions.append(made)


def _end_mandates(on: date, steps: Steps) -> None:
    """Duties of units that ended, and duties for areas that ended, end with them."""
    ended = OrganizationVersion.objects.filter(pk__in=[pk for pk, _day in steps.closed_versions]).exclude(
        organization_id__in=steps.changed_units
    )
    units = list(ended.values_list("organization_id", flat=True))
    held = Mandate.objects.filter(
        Q(organization_id__in=units) | Q(area_id__in=units), Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    ).select_related("organization", "area")
    for mandate in held:
        if mandate.valid_from >= on:
            raise InvalidInput(
                _("The duty “%(duty)s” of “%(unit)s” begins on %(day)s, when the unit no longer exists.")
                % {"duty": mandate.function, "unit": mandate.organization, "day": format_date(mandate.valid_from)}
            )
        steps.ended_mandates.append((mandate.pk, mandate.valid_to))
        mandate.valid_to = on
        mandate.save(update_fields=["valid_to"])
        steps.mandates.append(Line(mandate.function, queries.name_on(mandate.organization, on)))
