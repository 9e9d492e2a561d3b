"""What the registration form needs to know: units in force by ward, the area of a unit, names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.movements.models import Cycle
from kheo.organizations import queries as organizations
from kheo.organizations.models import Branch, Organization, OrganizationVersion, Succession
from kheo.practices.models import Practice

Choice = tuple[int, str]
RESIDENTIAL_FIRST = {Branch.COMMUNITY: 0, Branch.PARTY: 1, Branch.FRONT: 2}


def day_of(cycle: Cycle, day: date | None = None) -> date:
    """The day whose units hold for registrations of a cycle: today, but inside the cycle."""
    return min(max(day or timezone.localdate(), cycle.starts_on), cycle.ends_on)


def area_of(organization: Organization, day: date) -> Organization | None:
    """The ward or commune of a unit on a day. A unit still written below a former ward belongs to
    the one ward that took that over."""
    area = organizations.area_of(organization, day)
    for _step in range(5):
        version = organizations.version_of(area, day) if area else None
        if area is None or version is None or version.valid_to is None or version.valid_to > day:
            return area
        passed = [s for s in organizations.successors(area) if not s.partial and s.on <= day]
        if len(passed) != 1:
            return area
        area = passed[0].successor
    return area


@dataclass
class Units:
    """Units of the list on a day: (ward, [(number, name)…]) groups, and the wards alone."""

    groups: list[tuple[str, list[Choice]]] = field(default_factory=list)
    wards: list[Choice] = field(default_factory=list)

    @property
    def numbers(self) -> set[int]:
        """The numbers of all units of the list."""
        return {number for _ward, units in self.groups for number, _name in units}


def units(day: date, user: Any = None) -> Units:
    """The units in force on a day, grouped by ward, residential groups first; three queries.

    For a signed-in registrant the own units stand in a group of their own before the others.
    """
    versions = list(organizations.versions_on(day).order_by("kind__order", "sort_key"))
    parents = {v.organization_id: v.parent_id for v in versions}
    areas = {v.organization_id: v for v in versions if v.kind.is_area}
    passed = _passed(day)
    by_ward: dict[int | None, list[OrganizationVersion]] = {}
    for version in versions:
        by_ward.setdefault(_area_number(version.organization_id, parents, set(areas), passed), []).append(version)
    wards = sorted((areas[n] for n in by_ward if n is not None), key=lambda v: v.sort_key)
    found = Units(wards=[(v.organization_id, v.name) for v in wards])
    own = accounts.rights(user).units([Role.REGISTRANT]) if user is not None else frozenset()
    if mine := [_choice(v) for v in versions if v.organization_id in own]:
        found.groups.append((_("Your units"), mine))
    found.groups += [(ward.name, _ordered(by_ward[ward.organization_id])) for ward in wards]
    if None in by_ward:
        found.groups.append((_("Other units"), _ordered(by_ward[None])))
    return found


def _ordered(versions: list[OrganizationVersion]) -> list[Choice]:
    place = lambda v: (RESIDENTIAL_FIRST.get(v.kind.branch, 3), v.kind.order, v.sort_key)  # noqa: E731
    return [_choice(v) for v in sorted(versions, key=place)]


def _choice(version: OrganizationVersion) -> Choice:
    return version.organization_id, version.name


def _passed(day: date) -> dict[int, int]:
    """Former units that went as a whole into exactly one other: number → number."""
    rows = list(Succession.objects.filter(on__lte=day, partial=False).values_list("predecessor_id", "successor_id"))
    counts: dict[int, set[int]] = {}
    for old, new in rows:
        counts.setdefault(old, set()).add(new)
    return {old: next(iter(new)) for old, new in counts.items() if len(new) == 1}


def _area_number(unit: int, parents: dict[int, int | None], areas: set[int], passed: dict[int, int]) -> int | None:
    seen: set[int] = set()
    current: int | None = unit
    while current is not None and current not in seen:
        if current in areas:
            return current
        seen.add(current)
        current = parents[current] if current in parents else passed.get(current)
    return None


def with_boxes() -> Any:
    """Practices with everything the form and the sheet show, in a fixed number of queries."""
    names = Prefetch("versions", OrganizationVersion.objects.select_related("kind").order_by("valid_from"))
    return Practice.objects.select_related("cycle__movement", "field", "second_field", "parent").prefetch_related(
        "goals", "forces", "resources", "outputs", "areas",
        Prefetch("organization", Organization.objects.prefetch_related(names)),
        Prefetch("ward", Organization.objects.prefetch_related(names)),
    )


def unit_name(practice: Practice) -> str:
    """The registering side by name, as it was called then: the unit, and the person for an individual."""
    day = day_of(practice.cycle, timezone.localdate(practice.registered_at) if practice.registered_at else None)
    unit = organizations.name_on(practice.organization, day) if practice.organization else ""
    return ", ".join(part for part in (practice.organization_text, unit) if part)


def public_unit_name(practice: Practice) -> str:
    """The same without a person's name, for logs that others read."""
    if practice.organization is not None:
        return organizations.name_on(practice.organization, day_of(practice.cycle))
    return practice.organization_text if practice.subject == "collective" else ""


def ward_name(practice: Practice) -> str:
    """The ward or commune by the name it had then."""
    day = day_of(practice.cycle, timezone.localdate(practice.registered_at) if practice.registered_at else None)
    return organizations.name_on(practice.ward, day) if practice.ward else ""
