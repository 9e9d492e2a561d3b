"""The officers' list: filters that live in the address, order, one page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from kheo.movements import queries as movements
from kheo.movements.models import Cycle, Field
from kheo.organizations.models import Organization
from kheo.practices.models import Practice
from kheo.practices.models.practice import StateChoices
from kheo.practices.queries import waiting
from kheo.practices.queries.access import listing, visible_to
from kheo.practices.rules import search

PER_PAGE = 50
ORDERS = {
    "name": "sort_key", "receipt": "receipt_number", "since": "state_since", "registered": "registered_at", "state": "state",
    "ward": "ward_id", "field": "field__order",
}


@dataclass(frozen=True)
class Options:
    """What each filter may hold."""

    cycles: list[Cycle]
    fields: list[Field]
    wards: list[Organization]
    units: list[Organization]
    steps: list[tuple[str, Any]]


def options(user: Any) -> Options:
    """Cycles and fields, and the wards and units that occur in what the user sees; five queries."""
    pairs = list(visible_to(user).order_by().values_list("ward", "organization").distinct())
    wards, units = {ward for ward, _unit in pairs}, {unit for _ward, unit in pairs}
    found = Organization.objects.filter(pk__in=(wards | units) - {None}).prefetch_related("versions")
    known = sorted(found, key=lambda o: max((v.sort_key for v in o.versions.all()), default=""))
    return Options(
        cycles=list(movements.cycles()), fields=list(Field.objects.order_by("movement", "order")),
        wards=[o for o in known if o.pk in wards], units=[o for o in known if o.pk in units], steps=[(code, step.title) for code, step in waiting.steps_of(user).items()],
    )


def filtered(user: Any, chosen: Mapping[str, Any]) -> QuerySet[Practice]:
    """Practices the user sees, narrowed by cleaned filters and in the asked order."""
    found = visible_to(user)
    simple = {"cycle": "cycle", "field": "field", "ward": "ward", "unit": "organization", "kind": "kind", "subject": "subject", "stage": "stage"}
    for name, column in simple.items():
        if chosen.get(name):
            found = found.filter(**{column: chosen[name]})
    if chosen.get("state"):
        found = found.filter(state__in=chosen["state"])
    if chosen.get("mine"):
        found = found.filter(waiting.for_person(user, chosen["mine"]))
    if chosen.get("on_time"):
        found = found.filter(on_time=chosen["on_time"] == "yes")
    asked = search.question(chosen.get("q") or "")
    receipt = Q(receipt_number__iexact=(chosen.get("q") or "").strip())
    words = Q()
    for word in asked.words:
        words &= Q(folded__contains=word)
    if asked:
        found = found.filter(words | receipt)
    return _ordered(found, str(chosen.get("sort") or "-registered"))


def _ordered(found: QuerySet[Practice], sort: str) -> QuerySet[Practice]:
    column = ORDERS.get(sort.lstrip("-"), "registered_at")
    return found.order_by(f"-{column}" if sort.startswith("-") else column, "-pk")


def rows(found: QuerySet[Practice]) -> QuerySet[Practice]:
    """With what a row of the list shows."""
    return listing(found)


def counts_by_state(user: Any, chosen: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """(state, words, count) for the tabs, under the other filters; one query."""
    others = {name: value for name, value in chosen.items() if name not in {"state", "sort"}}
    counted = dict(filtered(user, others).order_by().values_list("state").annotate(n=Count("pk")))
    return [(state, str(label), counted[state]) for state, label in StateChoices.choices if counted.get(state)]


class Pages(Paginator[Practice]):
    """Pages of the list. How many rows there are is known from the tabs' counts; nothing counts twice."""

    def __init__(self, found: QuerySet[Practice], states: list[tuple[str, str, int]], chosen: Mapping[str, Any]) -> None:
        super().__init__(listing(found), PER_PAGE)
        wanted = set(chosen.get("state") or ())
        self._known = sum(count for state, _label, count in states if not wanted or state in wanted)

    @cached_property
    def count(self) -> int:
        """Rows under all filters."""
        return self._known


def without(query: QueryDict, *names: str) -> str:
    """The address's query without some names, for links that change one filter."""
    changed = query.copy()
    for name in names:
        changed.pop(name, None)
    return changed.urlencode()
