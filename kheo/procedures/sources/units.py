"""Which unit each dossier belongs to: by the column of the file, else by the head of its code."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core.rules.text import fold
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.procedures.models import UnitIdentifier
from kheo.procedures.rules import personal

# What offices write before the name of the place; what remains names the unit.
_BEFORE = re.compile(r"^(?:(?:ubnd|uy ban nhan dan|bo phan mot cua|bo phan tiep nhan va tra ket qua|trung tam phuc vu hanh chinh cong|tt pvhcc|ttpvhcc|cua|tai) )+")


class WrongUnit(Exception):
    """The words name a unit outside the one whose results are imported."""


class UnitResolver:
    """Finds units below one unit, as of one day. Asks the database once per distinct text."""

    def __init__(self, unit: Organization, day: date) -> None:
        self.unit, self.day = unit, day
        self.within = organizations.subtree_ids(unit, day) | {unit.pk}
        self.identifiers = dict(UnitIdentifier.objects.values_list("identifier", "unit_id"))

    def resolve(self, words: str, identifier: str) -> tuple[int, Any]:
        """The number of the unit and a warning in words (empty: none). Raises WrongUnit."""
        by_code = self.identifiers.get(identifier)
        if by_code is not None and by_code not in self.within:
            raise WrongUnit(_("The code belongs to %(unit)s, not to the unit of this import.") % {"unit": self._name(by_code)})
        if not words:
            return by_code or self.unit.pk, ""
        found = self._named(words)
        if found is not None:
            return found, ""
        warning = _("“%(words)s” is no unit known here; its dossiers are counted for %(unit)s.") % {
            "words": personal.quoted(words), "unit": self._name(by_code or self.unit.pk)}
        return by_code or self.unit.pk, warning

    def _named(self, words: str) -> int | None:
        for name in dict.fromkeys((words, _BEFORE.sub("", fold(words)))):
            inside = organizations.by_name(name, self.day, within=self.unit)
            if inside:
                return inside[0].organization_id
        elsewhere = [
            version for name in dict.fromkeys((words, _BEFORE.sub("", fold(words))))
            for version in organizations.by_name(name, self.day) if fold(version.name) == name or version.name == words
        ]
        if elsewhere:
            raise WrongUnit(_("%(unit)s is not below the unit of this import.") % {"unit": elsewhere[0].name})
        return None

    def _name(self, pk: int) -> str:
        return organizations.name_on(Organization.objects.get(pk=pk), self.day)
