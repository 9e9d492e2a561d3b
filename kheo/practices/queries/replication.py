"""Where practices spread: the family of one practice, and the board of what spread where.

Only public practices take part: a chain ends at one the public may not read. Walks are done by the
database (recursive queries), end after DEPTH generations and cannot run in circles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from kheo.practices.models import Practice
from kheo.practices.queries import catalogue, rows
from kheo.practices.queries.access import public
from kheo.practices.queries.units import UnitNames, names_of
from kheo.practices.rules import search

DEPTH = 6
MOST = 400
"""Members of one family that a page shows; beyond it the page says so."""
PER_PAGE = 20


@dataclass
class Node:
    """A practice in its family."""

    entry: rows.Entry
    depth: int
    children: list[Node] = field(default_factory=list)

    @property
    def since(self) -> date | None:
        """Since when it runs there: its own first day, else the day it was registered."""
        practice = self.entry.practice
        return practice.starts_on or (timezone.localdate(practice.registered_at) if practice.registered_at else None)


@dataclass
class Family:
    """The root, everything that came of it, and the practice the reader looks at."""

    root: Node
    current: int
    nodes: list[Node]
    cut: bool = False

    @property
    def spreads(self) -> bool:
        """True when there is more than one member."""
        return len(self.nodes) > 1


@dataclass
class Source:
    """A practice that others took over: how far it reached."""

    root: Node
    replicas: list[Node]
    wards: set[int]
    units: int
    since: date | None


ANCESTORS = """
WITH RECURSIVE up(id, parent_id, depth) AS (
  SELECT id, parent_id, 0 FROM practices_practice WHERE id = %s
  UNION
  SELECT p.id, p.parent_id, up.depth + 1 FROM practices_practice p JOIN up ON p.id = up.parent_id
  WHERE up.depth < %s AND p.state IN ({states})
)
SELECT id FROM up ORDER BY depth DESC, id LIMIT 1
"""
DESCENDANTS = """
WITH RECURSIVE down(root, id, depth) AS (
  SELECT id, id, 0 FROM practices_practice WHERE id IN ({roots})
  UNION
  SELECT down.root, p.id, down.depth + 1 FROM practices_practice p JOIN down ON p.parent_id = down.id
  WHERE down.depth < %s AND p.state IN ({states})
)
SELECT root, id, MIN(depth) FROM down GROUP BY root, id ORDER BY MIN(depth), id LIMIT %s
"""


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _states_in(statement: str) -> str:
    return statement.replace("{states}", _places(catalogue.PUBLIC_VALUES))


def root_of(practice: Practice) -> int:
    """The number of the oldest public ancestor, at most DEPTH generations up; else its own."""
    if practice.parent_id is None:
        return practice.pk
    with connection.cursor() as cursor:
        cursor.execute(_states_in(ANCESTORS), [practice.pk, DEPTH, *catalogue.PUBLIC_VALUES])
        found = cursor.fetchone()
    return int(found[0]) if found else practice.pk


def _below(roots: Sequence[int], most: int) -> list[tuple[int, int, int]]:
    """(root, practice, generation) of everything that came of the roots, nearest first."""
    if not roots:
        return []
    statement = _states_in(DESCENDANTS).replace("{roots}", _places(roots))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*roots, DEPTH, *catalogue.PUBLIC_VALUES, most])
        return [(int(root), int(pk), int(depth)) for root, pk, depth in cursor.fetchall()]


def _load(numbers: Iterable[int]) -> tuple[dict[int, Practice], UnitNames]:
    found = {p.pk: p for p in public().filter(pk__in=set(numbers)).select_related("cycle", "field")}
    return found, names_of(rows.units_in(found.values()))


def family(practice: Practice) -> Family:
    """The tree a practice belongs to; four queries at most, whatever its size."""
    members = _below([root_of(practice)], MOST + 1)
    cut = len(members) > MOST
    members = members[:MOST]
    if all(pk != practice.pk for _root, pk, _depth in members):
        members = [*members, (members[0][1], practice.pk, DEPTH)] if members else [(practice.pk, practice.pk, 0)]
    practices, names = _load(pk for _root, pk, _depth in members)
    practices.setdefault(practice.pk, practice)
    nodes = {
        pk: Node(rows.entry(practices[pk], names), depth) for _root, pk, depth in members if pk in practices
    }
    root = next(iter(nodes.values()))
    _hang(nodes, root.entry.practice.pk)
    return Family(root, practice.pk, list(nodes.values()), cut)


def _hang(nodes: dict[int, Node], root: int) -> None:
    """Put every node below its parent; the order of `nodes` is nearest first."""
    for pk, node in nodes.items():
        parent = nodes.get(node.entry.practice.parent_id or 0)
        if pk != root and parent is not None and parent.depth < node.depth:
            parent.children.append(node)


def taken_over(asked: str = "", year: str = "") -> QuerySet[Practice]:
    """Practices taken over from a public one. `asked` is looked for in the source, `year` is the
    cycle in which it was taken over.
    """
    replicas = public().filter(parent__isnull=False, parent__state__in=catalogue.PUBLIC_VALUES)
    if year:
        replicas = replicas.filter(cycle__code=year)
    else:  # a source that was itself taken over is shown in the family of its own source
        replicas = replicas.exclude(parent__parent__state__in=catalogue.PUBLIC_VALUES)
    for word in search.question(asked).words:
        replicas = replicas.filter(parent__folded__contains=word)
    return replicas.order_by()


def sources(replicas: QuerySet[Practice]) -> QuerySet[Any, Any]:
    """(source, how many took it over directly) of these replicas, most first."""
    counted = replicas.values_list("parent_id").annotate(n=Count("pk"))
    return counted.order_by("-n", "parent_id")


def reach(numbers: Sequence[int]) -> tuple[list[Source], UnitNames]:
    """How far each of these practices spread, in all generations; three queries for a page of them."""
    members = _below(numbers, PER_PAGE * MOST)
    practices, names = _load(pk for _root, pk, _depth in members)
    grouped: dict[int, list[Node]] = {}
    for root, pk, depth in members:
        if pk in practices:
            grouped.setdefault(root, []).append(Node(rows.entry(practices[pk], names), depth))
    return [_source(grouped[number]) for number in numbers if number in grouped], names


def _source(nodes: list[Node]) -> Source:
    root, replicas = nodes[0], nodes[1:]
    wards = {node.entry.practice.ward_id for node in replicas if node.entry.practice.ward_id}
    units = {node.entry.practice.organization_id or node.entry.practice.organization_text for node in replicas}
    days = [node.since for node in replicas if node.since]
    return Source(root, replicas, wards, len(units), min(days, default=None))
