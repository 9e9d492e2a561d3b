"""Single dossiers as people may see them: procedure and field only where they may be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kheo.core.rules.dates import local_clock
from kheo.procedures.models import Batch, DossierFact, PeriodTotal, Rollup
from kheo.procedures.queries import figures
from kheo.procedures.rules import codes, outcome
from kheo.procedures.rules.periods import CALENDAR
from kheo.procedures.sources import lookup
from kheo.workdays import queries as workdays

PER_PAGE = 50
LATE = [str(o) for o in outcome.LATE]
Of = PeriodTotal.Of


@dataclass(frozen=True)
class Filters:
    """What the reader chose; empty means everything."""

    code: str = ""
    unit: int | None = None
    outcome: str = ""
    field: int | None = None
    q: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing was chosen but the period."""
        return not (self.unit or self.outcome or self.q) and self.field is None


@dataclass(frozen=True)
class Scope:
    """The published batches whose dossiers a period's table counts, by the month they are kept under."""

    periods: frozenset[int]
    months: dict[date, list[int]]

    @property
    def batches(self) -> list[int]:
        """All of them."""
        return [pk for batches in self.months.values() for pk in batches]


NOTHING = Scope(frozenset(), {})


def scope_of(code: str, *, unit: int | None = None, scheme: str = CALENDAR) -> Scope:
    """The batches of a period, of all units or only those that tell of one unit."""
    found = figures.published(scheme).filter(period__code__in=figures.codes_inside(code))
    if unit is not None:
        found = found.filter(Exists(Rollup.objects.filter(batch=OuterRef("pk"), unit_id=unit)))
    rows = list(found.order_by("period__first", "pk").values_list("pk", "period_id", "period__code", "period__first"))
    return _scope([(pk, period, first) for pk, period, own, first in rows if own == code] or [(pk, period, first) for pk, period, _own, first in rows])


def scope_behind(found: figures.Figures) -> Scope:
    """The same of a table that is shown with its batches: nothing is asked again."""
    return _scope([(batch.pk, batch.period_id, batch.period.first) for batch in found.batches])


def _scope(rows: list[tuple[int, int, date]]) -> Scope:
    months: dict[date, list[int]] = {}
    for pk, _period, first in rows:
        months.setdefault(first.replace(day=1), []).append(pk)
    return Scope(frozenset(period for _pk, period, _first in rows), months)


def public(filters: Filters, scope: Scope) -> QuerySet[DossierFact]:
    """Dossiers of published batches, the newest period and reception first."""
    found = DossierFact.objects.using(figures.database()).filter(month__in=list(scope.months))
    if filters.is_everything:
        # Walk the index of the newest first. The sum keeps SQLite from sorting whole batches instead.
        found = found.annotate(of_batch=F("batch_id") + 0).filter(of_batch__in=scope.batches)
    else:
        found = found.filter(batch_id__in=scope.batches)
    if filters.unit:
        found = found.filter(unit_id=filters.unit)
    if filters.outcome == "late":
        found = found.filter(outcome__in=LATE)
    elif filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.field == 0:
        found = found.filter(public_field=None)
    elif filters.field:
        found = found.filter(public_field_id=filters.field)
    if filters.q:
        found = found.filter(code=codes.tidy(filters.q))
    return found.select_related("public_field", "public_procedure", "unit").order_by("-month", "-received_at", "-pk")


def count(filters: Filters, scope: Scope) -> int:
    """How many dossiers the list holds. Read from the totals: counting millions of rows to write one
    number above a list would cost more than the list. A code is looked for, then counted."""
    if filters.q:
        return public(filters, scope).count()
    totals: QuerySet[Any]
    if filters.unit and filters.field is not None:
        totals = Rollup.objects.using(figures.database()).filter(batch_id__in=scope.batches, unit_id=filters.unit, field_id=filters.field or None)
    else:
        of = Of.UNIT if filters.unit else Of.WHOLE if filters.field is None else Of.FIELD
        totals = PeriodTotal.objects.using(figures.database()).filter(period_id__in=scope.periods, of=of)
        totals = totals.filter(unit_id=filters.unit) if filters.unit else totals.filter(field_id=filters.field or None)
    names = [str(o) for o in outcome.Outcome] if not filters.outcome else LATE if filters.outcome == "late" else [filters.outcome]
    return sum(sum(row) for row in totals.values_list(*names))


def overdue(scope: Scope, *, unit: int | None = None, limit: int = 20) -> list[DossierFact]:
    """Overdue dossiers of published batches with reason and apologies, the longest overdue first, then
    those whose due day is not told: their place among the others would tell it.

    Month by month, because an index gives the longest overdue of one month at once.
    """
    told = Q(due_at__isnull=False, public_procedure__sensitive=False)
    dated: list[DossierFact] = []
    for month, batches in scope.months.items():
        late = public(Filters(unit=unit, outcome="late"), Scope(scope.periods, {month: batches}))
        dated += late.filter(told).order_by("due_at", "pk")[:limit]
    found = sorted(dated, key=lambda fact: (fact.due_at, fact.pk))[:limit]
    if len(found) < limit:
        others = public(Filters(unit=unit, outcome="late"), scope).exclude(told).order_by("code", "pk")
        found += others[: limit - len(found)]
    return found


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
    """The name of the procedure where it may be told; empty in a discreet line."""
    return "" if fact.is_discreet else names.get(fact.public_procedure_id or 0, "")


def named(facts: list[DossierFact]) -> list[tuple[DossierFact, str]]:
    """Each dossier with the public name of its procedure, two queries for all; marked where a due day
    of ours may still move."""
    from kheo.procedures.queries.catalogue import names_of

    computed = [fact for fact in facts if fact.due_computed and fact.due_at]
    decided = set(workdays.decided_years()) if computed else set()
    for fact in computed:
        until = local_clock(fact.due_at).year if fact.due_at else 0
        fact.may_move = not decided.issuperset(range(local_clock(fact.received_at).year, until + 1))
    names = names_of({fact.public_procedure_id for fact in facts if fact.public_procedure_id})
    return [(fact, title_of(fact, names)) for fact in facts]


def as_of(facts: list[DossierFact]) -> Any:
    """The instant the newest batch of these dossiers speaks of."""
    return Batch.objects.filter(pk__in={fact.batch_id for fact in facts}).order_by("-as_of").values_list("as_of", flat=True).first()
