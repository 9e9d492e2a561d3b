"""The dossiers behind an identity of Biểu 06 that does not hold, for the officer to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kheo.procedures.models import Batch, DossierFact
from kheo.procedures.rules.outcome import Outcome

SHOWN = 20
OPEN = (Outcome.OPEN.value, Outcome.OPEN_OVERDUE.value, Outcome.OPEN_UNDATED.value)


@dataclass(frozen=True)
class Group:
    """Dossiers that break an identity in one way: how many, and the first of them with the row of the file."""

    words: Any
    count: int
    rows: list[tuple[str, str, int]]


def behind(identity: str, batch: Batch, earlier: Batch | None) -> list[Group]:
    """The dossiers that break an identity of a batch; empty where single dossiers do not tell."""
    if identity == "7=8+9+10":
        return _groups(batch, (_("Settled without a due date"), batch.facts.filter(outcome=Outcome.UNDATED.value)))
    if identity == "11=12+13":
        return _groups(batch, (_("In progress without a due date"), batch.facts.filter(outcome=Outcome.OPEN_UNDATED.value)))
    if identity != "6=11" or earlier is None:
        return []
    left = earlier.facts.filter(outcome__in=OPEN)
    carried = batch.facts.filter(carried=True)
    missing = left.exclude(code__in=batch.facts.values("code"))
    unknown = carried.exclude(code__in=left.values("code"))
    new = left.filter(code__in=batch.facts.filter(carried=False).values("code"))
    return [
        *_groups(earlier, (_("Left open by the period before, missing in this file"), missing)),
        *_groups(batch, (_("Carried over in this file, not open in the period before"), unknown)),
        *_groups(earlier, (_("Left open by the period before, received anew in this file"), new)),
    ]


def _groups(batch: Batch, *found: tuple[Any, QuerySet[DossierFact]]) -> list[Group]:
    sheets = [sheet.get("name", "") for sheet in batch.mapping.get("sheets", [])]
    groups = []
    for words, facts in found:
        rows = list(facts.order_by("sheet", "row").values_list("code", "sheet", "row")[: SHOWN + 1])
        if rows:
            count = len(rows) if len(rows) <= SHOWN else facts.count()
            groups.append(Group(words, count, [(code, sheets[sheet] if sheet < len(sheets) else "", row) for code, sheet, row in rows[:SHOWN]]))
    return groups
