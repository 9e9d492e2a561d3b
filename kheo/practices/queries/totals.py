"""What reports add up to: contributions per practice, ward, field or cycle; reached outputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from kheo.practices.models import Contribution, ContributionKind, Output, Practice


@dataclass(frozen=True)
class Total:
    """An amount of one kind."""

    kind: ContributionKind
    amount: Decimal


def contributions(practices: QuerySet[Practice] | Iterable[Practice]) -> list[Total]:
    """Totals by kind over practices; one query whatever their number. Kinds with nothing are left out."""
    names = [column.attname for column in ContributionKind._meta.concrete_fields]
    rows = (
        Contribution.objects.filter(_of(practices), amount__gt=0)
        .values_list(*(f"kind__{name}" for name in names)).annotate(total=Sum("amount")).order_by("kind__order", "kind__name")
    )
    return [Total(ContributionKind(**dict(zip(names, row[:-1], strict=True))), row[-1]) for row in rows]


def contributions_by(practices: QuerySet[Practice], group: str) -> dict[Any, dict[str, Decimal]]:
    """{group value: {kind code: amount}} where group is "ward", "field" or "cycle"; one query."""
    rows = (
        Contribution.objects.filter(_of(practices))
        .values_list(f"report__practice__{group}", "kind__code").annotate(total=Sum("amount")).order_by()
    )
    found: dict[Any, dict[str, Decimal]] = {}
    for value, code, total in rows:
        found.setdefault(value, {})[code] = total
    return found


def reached(practice: Practice) -> list[Output]:
    """The planned outputs with `reached` (Decimal or None when nothing was reported)."""
    return list(Output.objects.filter(practice=practice).annotate(reached=Sum("results__amount")))


def _of(practices: QuerySet[Practice] | Iterable[Practice]) -> Q:
    if isinstance(practices, QuerySet):
        return Q(report__practice__in=practices.order_by().values("pk"))
    return Q(report__practice__in=[p.pk for p in practices])
