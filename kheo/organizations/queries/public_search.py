"""How the site's search finds units: by every name they ever had, former ones with their successors."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core import search
from kheo.organizations.models import Organization, OrganizationVersion, Succession
from kheo.organizations.queries import dated


def units() -> QuerySet[Organization]:
    """Every unit that was ever in force, with its names and what it passed from and into."""
    steps = Succession.objects.order_by("on", "pk")
    return dated.with_versions().filter(versions__isnull=False).distinct().prefetch_related(
        "versions__parent__versions",
        Prefetch("successions_out", steps.prefetch_related("successor__versions")),
        Prefetch("successions_in", steps.prefetch_related("predecessor__versions")),
    )


def document(unit: Organization) -> search.Document:
    """The unit under its last name; its former names and its predecessors' names find it too."""
    versions = sorted(unit.versions.all(), key=lambda version: version.valid_from)
    last = versions[-1]
    parent = dated.name_on(last.parent, last.valid_to or dated.today()) if last.parent else ""
    codes = dict.fromkeys(version.code for version in versions if version.code)
    before = [dated.name_on(step.predecessor, step.on) for step in unit.successions_in.all()]
    former = [version.name for version in versions[:-1]]
    facts = [last.kind.name, parent, last.address, " ".join(codes), *former, *before]
    return search.Document(
        title=last.name, address=reverse("organizations:detail", args=[unit.slug]), body=". ".join(dict.fromkeys(f for f in facts if f)),
        also=tuple(version.name_en for version in versions if version.name_en),
        date=last.valid_from, unit=unit.slug if last.kind.is_area else "", unit_name=parent, leads=_leads(unit, last),
    )


def _leads(unit: Organization, last: OrganizationVersion) -> tuple[search.Lead, ...]:
    if last.valid_to is None:
        return ()
    return tuple(
        search.Lead(dated.name_on(step.successor, max(step.on, dated.today())), reverse("organizations:detail", args=[step.successor.slug]), step.on)
        for step in unit.successions_out.all()
    )


def both_sides(step: Succession) -> Iterable[int]:
    """A succession changes what is said of both units."""
    return step.predecessor_id, step.successor_id


search.register(search.Kind(
    "unit", _("Units"), Organization, units, document,
    {OrganizationVersion: lambda version: [version.organization_id], Succession: both_sides},
))  # fmt: skip
