"""What the page of one unit shows, and the tree of areas, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.core.rules import text
from kheo.organizations.models import (
    Mandate,
    Organization,
    OrganizationVersion,
    Reorganization,
    Succession,
)
from kheo.organizations.queries import dated


@dataclass
class UnitPage:
    """A unit with its history as it is shown for one day."""

    organization: Organization
    day: date
    version: OrganizationVersion
    versions: list[OrganizationVersion]
    in_force: bool
    parent: Organization | None
    parent_name: str
    predecessors: list[Succession]
    successors: list[Succession]
    children: list[OrganizationVersion]
    mandates: list[Mandate]
    reorganizations: list[Reorganization]

    @property
    def children_by_branch(self) -> list[tuple[str, list[OrganizationVersion]]]:
        """The units below, grouped by branch in the order of their kinds."""
        found: dict[str, list[OrganizationVersion]] = {}
        for child in self.children:
            heading = _("Administrative areas") if child.kind.is_area else child.kind.get_branch_display()
            found.setdefault(str(heading), []).append(child)
        return list(found.items())


def end_day(organization: Organization) -> date | None:
    """The last day of a unit whose end is decided, past or to come; None without one."""
    ends = [v.valid_to for v in organization.versions.all()]
    if not ends or None in ends:
        return None
    return max(end for end in ends if end is not None) - timedelta(days=1)


def last_day(organization: Organization) -> date | None:
    """The last day a former unit existed; None while it exists, also when its end is decided already."""
    end = end_day(organization)
    return end if end is not None and end < dated.today() else None


def children(organization: Organization, day: date | None = None) -> QuerySet[OrganizationVersion]:
    """The units directly below on a day, by kind and Vietnamese alphabet."""
    return dated.versions_on(day).filter(parent=organization).order_by("kind__order", "sort_key")


def mandates_for(organization: Organization) -> list[Mandate]:
    """Duties the unit holds or held, and those others hold or held for its area, newest first."""
    return list(
        Mandate.objects.filter(Q(organization=organization) | Q(area=organization))
        .select_related("organization", "area", "basis")
        .prefetch_related("organization__versions", "area__versions")
        .order_by("-valid_from", "function")
    )


def reorganizations_of(organization: Organization) -> list[Reorganization]:
    """Reorganizations that the unit took part in, newest first. Renamings and transfers leave no
    succession; their steps name the unit."""
    passed = Succession.objects.filter(Q(predecessor=organization) | Q(successor=organization), reorganization=OuterRef("pk"))
    rows = Reorganization.objects.annotate(passed=Exists(passed)).filter(Q(passed=True) | Q(kind__in=["rename", "transfer"]))
    found = rows.select_related("decision").order_by("-on", "-pk")
    return [row for row in found if row.passed or organization.pk in row.steps.get("units_changed", [])]


def unit_page(slug: str, day: date | None = None) -> UnitPage | None:
    """Everything about one unit; None when there is no such address.

    Without a day a former unit is shown as on its last day, with the units it had then.
    """
    parents = OrganizationVersion.objects.select_related("kind").order_by("valid_from")
    versions_with_all = OrganizationVersion.objects.select_related("kind", "parent", "basis").prefetch_related(Prefetch("parent__versions", parents))
    organization = Organization.objects.prefetch_related(Prefetch("versions", versions_with_all.order_by("valid_from"))).filter(slug=slug).first()
    if organization is None:
        return None
    versions = sorted(organization.versions.all(), key=lambda v: v.valid_from)
    if not versions:
        return None
    shown = day or last_day(organization) or dated.today()
    version = dated.version_of(organization, shown) or versions[0]
    parent = version.parent
    then = max(min(shown, (version.valid_to or shown + timedelta(days=1)) - timedelta(days=1)), version.valid_from)
    steps = Succession.objects.select_related("predecessor", "successor", "basis").prefetch_related("predecessor__versions", "successor__versions")
    steps_of_unit = list(steps.filter(Q(predecessor=organization) | Q(successor=organization)).order_by("on", "pk"))
    return UnitPage(
        organization, shown, version, versions[::-1],
        in_force=version.valid_from <= shown and (version.valid_to is None or shown < version.valid_to),
        parent=parent,
        parent_name=dated.name_on(parent, then) if parent else "",
        predecessors=sorted((step for step in steps_of_unit if step.successor_id == organization.pk), key=lambda step: step.on, reverse=True),
        successors=[step for step in steps_of_unit if step.predecessor_id == organization.pk],
        children=list(children(organization, shown)),
        mandates=mandates_for(organization),
        reorganizations=reorganizations_of(organization),
    )


def areas_on(day: date | None = None) -> list[OrganizationVersion]:
    """Administrative areas in force on a day, by kind and alphabet."""
    return list(dated.versions_on(day).filter(kind__is_area=True).order_by("kind__order", "sort_key"))


def area_tree(day: date | None = None) -> list[dict[str, Any]]:
    """The areas as nodes of the tree component; areas with units below them stand first.

    Three queries, whatever the number of units.
    """
    day = day or dated.today()
    areas = areas_on(day)
    own: dict[int, int] = defaultdict(int)
    for parent in dated.versions_on(day).filter(kind__is_area=False).values_list("parent_id", flat=True):
        own[parent or 0] += 1
    below: dict[int | None, list[OrganizationVersion]] = defaultdict(list)
    known = {version.organization_id for version in areas}
    for version in areas:
        below[version.parent_id if version.parent_id in known else None].append(version)

    def node(version: OrganizationVersion) -> dict[str, Any]:
        nodes = [node(child) for child in below[version.organization_id]]
        count = own[version.organization_id]
        return {
            "label": version.name, "href": reverse("organizations:detail", args=[version.organization.slug]),
            "code": version.code, "units": count, "children": sorted(nodes, key=_rank),
            "sort": text.collation_key(version.short_name or version.name), "weight": count + sum(n["weight"] for n in nodes),
        }

    return sorted((node(version) for version in below[None]), key=_rank)


def _rank(node: dict[str, Any]) -> tuple[bool, str]:
    return node["weight"] == 0, str(node["sort"])
