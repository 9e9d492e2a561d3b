"""Names of units as they were on a day, for many rows with one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kheo.core.rules import dates, text
from kheo.organizations.models import OrganizationVersion


@dataclass(frozen=True)
class Named:
    """One version of a unit, reduced to what a list shows."""

    name: str
    short: str
    code: str
    start: date
    end: date | None
    sort_key: str


@dataclass
class UnitNames:
    """The dated names of some units."""

    versions: dict[int, list[Named]] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)

    def version(self, unit: int | None, day: date | None = None) -> Named | None:
        """The version in force on a day; else the last before it; else the first."""
        known = self.versions.get(unit or 0, [])
        day = day or timezone.localdate()
        before = [named for named in known if named.start <= day]
        return before[-1] if before else (known[0] if known else None)

    def on(self, unit: int | None, day: date | None = None) -> str:
        """The name on a day; empty when there is no unit."""
        named = self.version(unit, day)
        return named.name if named else ""

    def short_on(self, unit: int | None, day: date | None = None) -> str:
        """The name without the word for its kind, for narrow columns."""
        named = self.version(unit, day)
        return (named.short or named.name) if named else ""

    def ended(self, unit: int) -> date | None:
        """The last day of a unit that no longer exists; None while it does."""
        known = self.versions.get(unit, [])
        end = known[-1].end if known else None
        return end - timedelta(days=1) if end and end <= timezone.localdate() else None

    def label(self, unit: int) -> str:
        """The last name; for a former unit with the day it ended: “Phường Đông Sơn (đến 30/06/2025)”."""
        known = self.versions.get(unit, [])
        if not known:
            return ""
        last = self.ended(unit)
        if last is None:
            return self.on(unit)
        return _("%(name)s (until %(day)s)") % {"name": known[-1].name, "day": dates.format_date(last)}

    def in_order(self) -> list[int]:
        """The units in Vietnamese order of their last names."""
        return sorted(self.versions, key=lambda unit: self.versions[unit][-1].sort_key)


def names_of(units: Iterable[int | None]) -> UnitNames:
    """The names of these units through time, in the language of the reader: one query, none for no units."""
    wanted = {unit for unit in units if unit is not None}
    names = UnitNames()
    if not wanted:
        return names
    english = get_language() == "en"
    rows = (
        OrganizationVersion.objects.filter(organization_id__in=wanted)
        .order_by("valid_from")
        .values_list("organization_id", "organization__slug", "name", "name_en", "short_name", "code", "valid_from", "valid_to", "sort_key")
    )
    for unit, slug, name, name_en, short, code, start, end, key in rows:
        shown = name_en if english and name_en else name
        named = Named(shown, short, code, start, end, key or text.collation_key(name))
        names.versions.setdefault(unit, []).append(named)
        names.slugs[unit] = slug
    return names
