"""Reading dated units: by code, by name, as a tree, through successions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from kheo.core import once
from kheo.core.rules import text
from kheo.organizations import rules
from kheo.organizations.models import Mandate, Organization, OrganizationVersion, Succession


def today() -> date:
    """Today in Việt Nam."""
    return timezone.localdate()


def versions_on(day: date | None = None) -> QuerySet[OrganizationVersion]:
    """The versions in force on a day (default today)."""
    day = day or today()
    return OrganizationVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day
    ).select_related("organization", "kind")


def version_of(organization: Organization, day: date | None = None) -> OrganizationVersion | None:
    """What the unit was on a day; when it did not exist then, the nearest version (last before, else first)."""
    day = day or today()
    versions = sorted(organization.versions.all(), key=lambda v: v.valid_from)
    before = [v for v in versions if v.valid_from <= day]
    return before[-1] if before else (versions[0] if versions else None)


def name_on(organization: Organization, day: date | None = None) -> str:
    """The name of the unit in force on a day."""
    version = version_of(organization, day)
    return version.name if version else organization.slug


def names_on(ids: Iterable[int], day: date) -> dict[int, tuple[str, str]]:
    """Number → (name, slug) of many units as of a day, in one query; as `name_on` for one that did
    not exist then. `ids` may be a query."""
    rows = OrganizationVersion.objects.filter(organization_id__in=ids if isinstance(ids, QuerySet) else list(ids)).order_by("valid_from")
    found: dict[int, tuple[str, str]] = {}
    for pk, name, slug, start in rows.values_list("organization_id", "name", "organization__slug", "valid_from"):
        if start <= day or pk not in found:
            found[pk] = (name, slug)
    return found


def with_versions() -> QuerySet[Organization]:
    """Units with their versions fetched in one further query."""
    return Organization.objects.prefetch_related(
        Prefetch("versions", OrganizationVersion.objects.select_related("kind").order_by("valid_from"))
    )


def by_code(reference: str) -> OrganizationVersion | None:
    """The version that a reference such as `381`, `14812` or `14812@2023-06-01` names.

    With a date: the version in force then. Without: the one in force today; when the code is no
    longer in force, the last one that carried it (381, the former town).
    """
    try:
        code, on = rules.parse_reference(reference)
    except ValueError:
        return None
    carrying = OrganizationVersion.objects.filter(code=code).select_related("organization", "kind")
    if on is not None:
        return carrying.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on).first()
    current = carrying.filter(pk__in=versions_on().values("pk")).first()
    return current or carrying.order_by("valid_from").last()


def by_name(name: str, day: date, *, within: Organization | None = None) -> list[OrganizationVersion]:
    """Versions in force on `day` whose full or short name folds to the same as `name`.

    `within` keeps those below that unit on that day: "Đông Sơn" below the town in 2023 is its ward.
    Exact spellings come first.
    """
    key = text.fold(name)
    if not key:
        return []
    found = versions_on(day).filter(Q(folded=key) | Q(folded__endswith=" " + key))
    if within is not None:
        found = found.filter(organization_id__in=subtree_ids(within, day))
    exact = text.canonical(name)
    matching = [v for v in found if text.fold(v.name) == key or text.fold(v.short_name) == key]
    return sorted(matching, key=lambda v: (exact not in (text.canonical(v.name), text.canonical(v.short_name)), v.kind.order))


def spans() -> list[rules.Span]:
    """Every version as the tree needs it, in one query."""
    return [rules.Span(*row[:4]) for row in _tree()]


def area_spans() -> list[rules.Span]:
    """Those of the administrative areas alone, in Vietnamese order."""
    return [rules.Span(*row[:4]) for row in sorted(_tree(), key=lambda row: row[5]) if row[4]]


def _tree() -> list[Any]:
    rows = OrganizationVersion.objects.values_list("organization_id", "parent_id", "valid_from", "valid_to", "kind__is_area", "sort_key")
    return once.kept("organizations.tree", lambda: list(rows))


def passed() -> list[tuple[rules.Passed, bool]]:
    """Every succession, and whether it says itself that only a part passed, in one query."""
    rows = Succession.objects.order_by("on", "pk").values_list("predecessor_id", "successor_id", "on", "partial")
    return once.kept("organizations.passed", lambda: [(rules.Passed(before, after, on), partial) for before, after, on, partial in rows])


def undivided() -> list[rules.Passed]:
    """The successions of units that passed whole into one other: none of their steps is partial or has a second."""
    steps = passed()
    parted = {step.predecessor for step, partial in steps if partial}
    counts = Counter(step.predecessor for step, _partial in steps)
    return [step for step, _partial in steps if step.predecessor not in parted and counts[step.predecessor] == 1]


def subtree_ids(organization: Organization | int, day: date | None = None) -> frozenset[int]:
    """Numbers of the unit and of all below it on a day (default today)."""
    root = organization if isinstance(organization, int) else organization.pk
    return rules.subtree(spans(), root, day or today())


def reach_ids(roots: Iterable[int]) -> frozenset[int]:
    """Numbers of all units whose records the holders of positions at `roots` answer for, at any time."""
    roots = set(roots)
    if not roots:
        return frozenset()
    known = spans()
    passed = [
        rules.Passed(*row)
        for row in Succession.objects.values_list("predecessor_id", "successor_id", "on")
    ]
    return frozenset().union(*(rules.reach(known, passed, root) for root in roots))


def successors(organization: Organization) -> list[Succession]:
    """To whom the unit passed, in order of date."""
    return list(
        Succession.objects.filter(predecessor=organization).select_related("successor", "basis").order_by("on")
    )


def area_of(organization: Organization, day: date | None = None) -> Organization | None:
    """The nearest administrative area (ward, commune, town) at or above the unit on a day."""
    day = day or today()
    seen: set[int] = set()
    current: Organization | None = organization
    while current is not None and current.pk not in seen:
        seen.add(current.pk)
        version = version_of(current, day)
        if version is None:
            return None
        if version.kind.is_area:
            return current
        current = version.parent
    return None


def mandate_holder(area: Organization, function: str, day: date | None = None) -> Mandate | None:
    """Which unit holds a duty for an area on a day, such as the standing body of the movement."""
    day = day or today()
    return (
        Mandate.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day), area=area, function=function, valid_from__lte=day
        )
        .select_related("organization")
        .first()
    )


def area_versions(organization_ids: Iterable[int]) -> list[OrganizationVersion]:
    """Versions of those units that are administrative areas (towns, wards, communes), newest first."""
    return list(
        OrganizationVersion.objects.filter(organization_id__in=list(organization_ids), kind__is_area=True)
        .select_related("organization", "kind").order_by("-valid_from")
    )
