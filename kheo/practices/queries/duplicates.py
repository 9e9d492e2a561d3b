"""Registrations that look alike: a warning for the sender and the officer, never a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from kheo.core.rules import text
from kheo.movements import queries as movements
from kheo.movements.models import Cycle
from kheo.organizations.models import Succession
from kheo.practices.models import Practice
from kheo.practices.rules import State
from kheo.practices.rules import registration as rules

ALIKE = 0.75
"""From this likeness of names (0 to 1, text.similarity) two practices of one ward are shown to the
sender. "Khu dân cư không có hộ nghèo" and the same with "khu phố 2" behind it are 0.81 alike;
"Khu dân cư không có tệ nạn" is 0.69 and passes without a word."""
MOST_COMPARED = 2_000
MOST_SHOWN = 5


@dataclass(frozen=True)
class Alike:
    """A practice with a similar name and how alike it is, 0 to 1."""

    practice: Practice
    likeness: float


def alike(title: str, ward: int | None, cycle: Cycle, *, besides: int | None = None) -> list[Alike]:
    """Practices of the ward (and of the units it came from or went into) with the same or a similar
    name, in this cycle and the one before; withdrawn ones and drafts do not count. Best first.

    The database narrows by ward, cycle and shared pairs of words; at most MOST_COMPARED names are
    compared, so the cost does not grow with the register.
    """
    folded = text.fold(title)[:320]
    if not folded or ward is None:
        return []
    shared = Q(title_folded=folded)
    for phrase in rules.phrases(folded):
        shared |= Q(title_folded__contains=phrase)
    before = movements.previous_cycle(cycle)
    found = (
        Practice.objects.filter(shared, ward_id__in=_same_area(ward), cycle__in=[c for c in (cycle, before) if c])
        .exclude(state__in=[State.DRAFT, State.WITHDRAWN])
        .exclude(pk=besides or 0)
        .order_by("-pk")
        .values_list("pk", "title_folded")[:MOST_COMPARED]
    )
    likeness = {pk: 1.0 if other == folded else text.similarity(folded, other) for pk, other in found}
    best = sorted((pk for pk, share in likeness.items() if share >= ALIKE), key=lambda pk: (-likeness[pk], pk))[:MOST_SHOWN]
    practices = Practice.objects.select_related("cycle").prefetch_related("organization__versions").in_bulk(best)
    return [Alike(practices[pk], likeness[pk]) for pk in best]


def _same_area(ward: int) -> set[int]:
    steps = Succession.objects.filter(Q(predecessor=ward) | Q(successor=ward)).values_list("predecessor_id", "successor_id")
    return {ward}.union(*steps) if steps else {ward}
