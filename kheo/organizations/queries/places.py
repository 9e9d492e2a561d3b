"""What the working calendar must know of units; it stands below and asks by number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kheo.organizations.models import Organization
from kheo.organizations.queries import dated

TOP = ("province", "city")


class Places:
    """Answers kheo.workdays.sources.Places."""

    def above(self, unit_id: int, day: date) -> list[int]:
        """The unit and all units above it on a day, the nearest first."""
        parents: dict[int, int | None] = {}
        for span in sorted(dated.spans(), key=lambda span: span.start):
            if span.start <= day or span.organization not in parents:
                parents[span.organization] = span.parent
        found: list[int] = []
        current: int | None = unit_id
        while current is not None and current not in found:
            found.append(current)
            current = parents.get(current)
        return found

    def name(self, unit_id: int, day: date) -> str:
        """Its name on a day."""
        unit = Organization.objects.filter(pk=unit_id).first()
        return dated.name_on(unit, day) if unit else ""

    def is_province(self, unit_id: int, day: date) -> bool:
        """Whether it is an area that belongs to no other area on a day: a province or a city of that rank."""
        version = dated.versions_on(day).filter(organization_id=unit_id, kind__is_area=True).first()
        return version is not None and version.parent_id is None and version.kind.code in TOP

    def find(self, slug: str) -> int | None:
        """The number of the unit with that address."""
        return Organization.objects.filter(slug=slug).values_list("pk", flat=True).first()

    def areas(self, day: date, within: Iterable[int] | None = None) -> list[tuple[int, str, str]]:
        """(number, address, name) of areas in force on a day, only those of `within` when given."""
        found = dated.versions_on(day).filter(kind__is_area=True)
        if within is not None:
            found = found.filter(organization_id__in=list(within))
        return [(v.organization_id, v.organization.slug, v.name) for v in found.order_by("kind__order", "sort_key")]
