"""Single dossiers as people may see them: procedure and field only where they may be named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from kheo.procedures.models import Batch, DossierFact
from kheo.procedures.queries import figures
from kheo.procedures.rules import codes, outcome
from kheo.procedures.rules.periods import CALENDAR
from kheo.procedures.sources import lookup

PER_PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What the reader chose; empty means everything."""

    code: str = ""
    unit: int | None = None
    outcome: str = ""
    field: int | None = None
    q: str = ""


def batches_of(code: str, scheme: str = CALENDAR) -> list[int]:
    """Numbers of the published batches whose dossiers a period's table counts."""
    periods = figures.periods_of(code, scheme)
    return list(figures.published(scheme).filter(period__in=periods).values_list("pk", flat=True))


def public(filters: Filters, batches: list[int]) -> QuerySet[DossierFact]:
    """Dossiers of published batches, the newest reception first."""
    found = DossierFact.objects.using(figures.database()).filter(batch_id__in=batches)
    if filters.unit:
        found = found.filter(unit_id=filters.unit)
    if filters.outcome == "late":
        found = found.filter(outcome__in=[str(o) for o in outcome.LATE])
    elif filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.field == 0:
        found = found.filter(public_field=None)
    elif filters.field:
        found = found.filter(public_field_id=filters.field)
    if filters.q:
        found = found.filter(code=codes.tidy(filters.q))
    return found.select_related("public_field", "public_procedure", "unit").order_by("-received_at", "-pk")


def overdue(batches: list[int], *, unit: int | None = None, limit: int = 20) -> list[DossierFact]:
    """Overdue dossiers of published batches with reason and apologies, the longest overdue first."""
    found = public(Filters(unit=unit, outcome="late"), batches).order_by(F("due_at").asc(nulls_last=True), "pk")
    return list(found[:limit])


def look_up(code_typed: str, factor_typed: str) -> DossierFact | None:
    """The newest published state of one dossier; None alike for a wrong factor and a missing code.

    One probe of an index by the keyed hash of both, so the cost does not grow with the facts.
    """
    code = codes.tidy(code_typed)[:40]
    factor = lookup.factor_typed(factor_typed[:60])
    key = lookup.hashed(lookup.secret(), code, factor or "-")
    found = DossierFact.objects.using(figures.database()).filter(lookup=key, code=code, batch__state=Batch.State.PUBLISHED)
    answer = found.select_related("public_field", "public_procedure", "unit", "batch__period").order_by("-month", "-batch_id").first()
    return answer if factor else None


def title_of(fact: DossierFact, names: dict[int, str]) -> str:
    """The name of the procedure where it may be told; empty where it is published with others."""
    return names.get(fact.public_procedure_id or 0, "")


def named(facts: list[DossierFact]) -> list[tuple[DossierFact, str]]:
    """Each dossier with the public name of its procedure, two queries for all."""
    from kheo.procedures.queries.catalogue import names_of

    names = names_of({fact.public_procedure_id for fact in facts if fact.public_procedure_id})
    return [(fact, title_of(fact, names)) for fact in facts]


def as_of(facts: list[DossierFact]) -> Any:
    """The instant the newest batch of these dossiers speaks of."""
    return Batch.objects.filter(pk__in={fact.batch_id for fact in facts}).order_by("-as_of").values_list("as_of", flat=True).first()
