"""The public list: search, filters with counts, order, pages. Only from `queries.public()`.

The number of queries does not depend on the number of practices: one GROUP BY gives the total and
the counts beside every filter, one query the rows of the page, one each for what the rows show.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import QueryDict

from kheo.movements.models import Cycle, Field
from kheo.organizations.models import Organization
from kheo.practices import rules
from kheo.practices.models import Practice
from kheo.practices.queries.access import public
from kheo.practices.queries.units import UnitNames, names_of
from kheo.practices.rules import search

PER_PAGE = 24
PUBLIC_VALUES = [state.value for state in rules.PUBLIC_STATES]
SHOWN_STATES = (
    rules.State.LISTED,
    rules.State.RUNNING,
    rules.State.RECOGNIZED,
    rules.State.EXEMPLARY,
    rules.State.STOPPED,
    rules.State.REVOKED,
)
"""The public names of states, in the order of a practice's life."""
REPLICA = "replica"
ORDERS = ("newest", "name", "spread")
SHOWN = (
    "slug", "title", "kind", "subject", "stage", "state", "state_since", "registered_at", "summary", "objectives",
    "organization_id", "organization_text", "ward_id", "parent_id", "cycle", "field",
)  # fmt: skip
DIMENSIONS = ("field", "ward", "year", "state", "kind", "subject", "spread")


@dataclass(frozen=True)
class Filters:
    """What the reader chose. Values are public ones: codes and slugs, never row numbers."""

    q: str = ""
    field: str = ""
    ward: str = ""
    year: str = ""
    state: tuple[str, ...] = ()
    kind: str = ""
    subject: str = ""
    spread: str = ""
    sort: str = ""

    @property
    def any(self) -> bool:
        """True when something narrows the list."""
        return bool(self.q or any(getattr(self, name) for name in DIMENSIONS))


@dataclass(frozen=True)
class Cell:
    """How many practices share these properties."""

    field: str
    ward: str
    year: str
    state: str
    kind: str
    subject: str
    spread: str
    count: int

    def fits(self, name: str, wanted: str | tuple[str, ...]) -> bool:
        """True when this property is one of those wanted; nothing wanted lets everything pass."""
        if not wanted:
            return True
        own = getattr(self, name)
        return own in wanted if isinstance(wanted, tuple) else own == wanted


@dataclass
class Codes:
    """Row numbers to the public words of filters; `names` are the wards that were met."""

    fields: dict[int, str]
    cycles: dict[int, str]
    names: UnitNames = dataclasses.field(default_factory=UnitNames)


def codes(fields: Iterable[Field], cycles: Iterable[Cycle]) -> Codes:
    """The words of these fields and cycles; give all there are, of every movement."""
    return Codes({f.pk: f.code for f in fields}, {c.pk: c.code for c in cycles})


@dataclass
class Facets:
    """The total, and beside each value of each filter how many it would leave."""

    total: int
    counts: dict[str, Counter[str]]


def states_named(name: str) -> list[str]:
    """The states that the public pages call by this name."""
    return [state.value for state in rules.PUBLIC_STATES if rules.public_state(state).value == name]


def searched(practices: QuerySet[Practice], asked: str) -> QuerySet[Practice]:
    """Those in which every word of the question occurs, without regard to tones.

    Words that are likely rare are looked for first, so that most rows are left after one look.
    """
    words = search.question(asked).words
    for word in sorted(words, key=lambda word: (word.isalpha(), -len(word))):
        practices = practices.filter(folded__contains=word)
    return practices


def filtered(filters: Filters) -> QuerySet[Practice]:
    """The public practices that the filters leave."""
    found = searched(public(), filters.q)
    if filters.state:
        found = found.filter(state__in=[value for name in filters.state for value in states_named(name)])
    if filters.spread == REPLICA:
        found = found.filter(parent__isnull=False)
    paths = {"field": "field__code", "ward": "ward__slug", "year": "cycle__code", "kind": "kind", "subject": "subject"}
    chosen = {path: getattr(filters, name) for name, path in paths.items() if getattr(filters, name)}
    return found.filter(**_by_number(chosen))


def _by_number(chosen: dict[str, str]) -> dict[str, Any]:
    """Codes as lists of row numbers: subqueries over tiny tables, so that the big one needs no join."""
    tables: dict[str, tuple[str, QuerySet[Any]]] = {
        "field__code": ("field__in", Field.objects.all()),
        "ward__slug": ("ward__in", Organization.objects.all()),
        "cycle__code": ("cycle__in", Cycle.objects.all()),
    }
    found: dict[str, Any] = {}
    for path, value in chosen.items():
        if path in tables:
            lookup, rows = tables[path]
            found[lookup] = rows.filter(**{path.split("__")[1]: value}).values("pk")
        else:
            found[path] = value
    return found


def cube(practices: QuerySet[Practice], words: Codes, more_units: Iterable[int | None] = ()) -> list[Cell]:
    """How many practices there are of each combination of properties: one GROUP BY.

    The wards met on the way, and `more_units`, are put into `words.names` (one small query).
    """
    # Grouped in the order of the index and without an expression, the database sorts nothing.
    rows = list(
        practices.order_by()
        .values_list("state", "cycle_id", "field_id", "ward_id", "kind", "subject")
        .annotate(n=Count("pk"), replica_count=Count("parent"))
    )
    words.names = names_of([*(row[3] for row in rows), *more_units])
    names = {state.value: rules.public_state(state).value for state in rules.PUBLIC_STATES}
    cells = []
    for state, cycle, main, ward, kind, subject, count, replicas in rows:
        own = (
            words.fields.get(main, ""), words.names.slugs.get(ward, ""), words.cycles.get(cycle, ""), names[state], kind, subject,
        )  # fmt: skip
        cells += [Cell(*own, spread, part) for spread, part in (("", count - replicas), (REPLICA, replicas)) if part]
    return cells


def facets(cells: Iterable[Cell], filters: Filters) -> Facets:
    """Counts per value of each filter with all the *other* filters in force."""
    found = Facets(0, {name: Counter() for name in DIMENSIONS})
    wanted = {name: getattr(filters, name) for name in DIMENSIONS}
    for cell in cells:
        failing = [name for name in DIMENSIONS if not cell.fits(name, wanted[name])]
        if not failing:
            found.total += cell.count
        if len(failing) <= 1:
            for name in failing or DIMENSIONS:
                found.counts[name][getattr(cell, name)] += cell.count
    return found


def ordered(practices: QuerySet[Practice], filters: Filters) -> QuerySet[Practice]:
    """In the chosen order; a question without a chosen order puts the best answers first."""
    newest = (F("registered_at").desc(nulls_last=True), "-pk") if filters.sort == "spread" else ("-registered_at", "-pk")
    if filters.sort == "name":
        return practices.order_by("sort_key", "pk")
    if filters.sort == "spread":
        return practices.annotate(spread_to=replica_count()).order_by("-spread_to", *newest)
    asked = search.question(filters.q)
    if asked and not filters.sort:
        return practices.annotate(rank=_rank(asked)).order_by("rank", *newest)
    return practices.order_by(*newest)


def page(filters: Filters, start: int, stop: int) -> list[Practice]:
    """Rows of the list from `start` to `stop`: first their numbers out of an index, then the rows."""
    numbers = list(ordered(filtered(filters), filters).values_list("pk", flat=True)[start:stop])
    found = Practice.objects.filter(pk__in=numbers).select_related("cycle", "field").only(*SHOWN).in_bulk()
    return [found[number] for number in numbers if number in found]


def replica_count() -> Coalesce:
    """How many public practices were taken over from a row, for annotations named `spread_to`."""
    counted = (
        Practice.objects.filter(parent=OuterRef("pk"), state__in=PUBLIC_VALUES)
        .order_by()
        .values("parent")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _rank(asked: search.Question) -> Case:
    """0: the phrase with its very tones in the name; 1: the phrase without tones; 2: its words apart."""
    exact = Q()
    for form in asked.exact:
        exact |= Q(title__contains=form)
    return Case(
        When(exact, then=Value(0)),
        When(folded__contains=asked.phrase, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def replica_counts(practices: Iterable[int]) -> dict[int, int]:
    """How many public practices were taken over from each of these, in one query."""
    rows = (
        public().filter(parent_id__in=list(practices)).order_by().values_list("parent_id").annotate(n=Count("pk"))
    )
    return {parent: count for parent, count in rows if parent is not None}


def updated_at() -> datetime | None:
    """When the public register last changed."""
    found: datetime | None = public().aggregate(last=Max("state_since"))["last"]
    return found


def last_change() -> Subquery:
    """The same, to be asked along with another query."""
    return Subquery(public().order_by("-state_since").values("state_since")[:1])


def as_query(filters: Filters, **more: str) -> QueryDict:
    """The address of these filters, with only what was understood."""
    query = QueryDict(mutable=True)
    for name in ("q", "field", "ward", "year", "kind", "subject", "spread", "sort"):
        if getattr(filters, name):
            query[name] = getattr(filters, name)
    if filters.state:
        query.setlist("state", list(filters.state))
    for name, value in more.items():
        if value:
            query[name] = value
    return query


def of_year(year: str, **more: Any) -> Filters:
    """Filters of one year; for figures that open their list."""
    return replace(Filters(year=year), **more)
