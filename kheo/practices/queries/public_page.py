"""Everything the public page of one practice shows, in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, Succession
from kheo.practices.models import Evidence, Practice
from kheo.practices.queries import totals
from kheo.practices.queries.access import public

MOST_PHOTOS, MOST_FILES = 24, 40


@dataclass(frozen=True)
class Reached:
    """A planned result beside what the progress reports add up to; None means nothing was reported."""

    result: str
    unit: str
    target: Decimal | None
    reached: Decimal | None
    evidence: str

    @property
    def share(self) -> Decimal | None:
        """Reached in percent of the target; None without a target above 0 or without a report."""
        if self.reached is None or not self.target:
            return None
        return self.reached * 100 / self.target


@dataclass(frozen=True)
class Total:
    """What was contributed, of one kind."""

    name: str
    unit: str
    amount: Decimal
    decimals: int


def find(slug: str) -> Practice | None:
    """The public practice at an address, with what its head shows."""
    return (
        public()
        .filter(slug=slug)
        .select_related(
            "cycle__movement", "field", "second_field", "parent", "continues",
            "recognition__decision", "recognition__exemplary_decision", "recognition__revoked_by",
        )
        .first()
    )


def results(practice: Practice) -> list[Reached]:
    """Planned results and what was reached of each."""
    return [
        Reached(output.result, output.unit, output.target, getattr(output, "reached", None), output.evidence)
        for output in totals.reached(practice)
    ]


def contributions(practices: QuerySet[Practice]) -> list[Total]:
    """What the reports of these practices add up to, per kind, in the reader's language."""
    english = get_language() == "en"
    found = []
    for total in totals.contributions(practices):
        kind = total.kind
        name, unit = (kind.name_en, kind.unit_en or kind.unit) if english else (kind.name, kind.unit)
        found.append(Total(name, unit, total.amount, kind.decimals))
    return found


def evidence(practice: Practice) -> tuple[list[Evidence], list[Evidence]]:
    """The photos and the other files shown to the public, the oldest first."""
    found = list(practice.evidence.filter(public=True).order_by("at", "id"))
    photos = [one for one in found if one.kind == "photo"]
    return photos[:MOST_PHOTOS], [one for one in found if one.kind != "photo"][:MOST_FILES]


def steps(practice: Practice) -> list[dict[str, Any]]:
    """The public part of the history: approved, started, recognized …, without names and reasons."""
    shown = ("approve", "start", "recognize", "name_exemplary", "stop", "revoke")
    found = practice.transitions.filter(verb__in=shown).order_by("at").values_list("verb", "at")
    return [{"verb": verb, "at": at} for verb, at in found]


def successions(unit: int | None) -> list[Succession]:
    """Into which units this one passed, when it no longer exists."""
    if unit is None:
        return []
    return list(
        Succession.objects.filter(predecessor_id=unit, on__lte=timezone.localdate()).select_related("basis").order_by("on")
    )


def standing_body(practice: Practice, unit: int | None) -> Organization | None:
    """The unit that answers for the movement in an area today: whom to ask, never a person."""
    function = practice.cycle.movement.function
    if unit is None or not function:
        return None
    held = organizations.mandate_holder(Organization(pk=unit), function)
    return held.organization if held else None
