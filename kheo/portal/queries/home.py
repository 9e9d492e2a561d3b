"""The figures of the home page. Each is a count over the public register, and its link opens
exactly the practices it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kheo.movements import queries as movements
from kheo.movements.models import Cycle, Field, Milestone, Movement
from kheo.movements.rules import Window
from kheo.practices import rules
from kheo.practices.models import Practice
from kheo.practices.queries import catalogue, public_page, rows
from kheo.practices.queries.access import public
from kheo.practices.queries.units import UnitNames

NEWEST = 6
RECOGNIZED = (rules.State.RECOGNIZED.value, rules.State.EXEMPLARY.value)


@dataclass(frozen=True)
class Figure:
    """A count, the same count a cycle before (None: there was none), and the list it opens."""

    label: str
    value: int
    previous: int | None
    href: str
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """One ward of the table ward × field."""

    name: str
    cells: list[tuple[int, str]]
    total: tuple[int, str]


@dataclass
class Year:
    """Everything counted for one cycle."""

    figures: list[Figure] = field(default_factory=list)
    bars: list[dict[str, Any]] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    totals: list[tuple[int, str]] = field(default_factory=list)
    total: int = 0
    newest: list[rows.Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Opening:
    """When registration is (or was, or will be) possible."""

    cycle: Cycle
    window: Window
    opens_on: date
    closes_on: date
    locks_on: date


def address(filters: catalogue.Filters) -> str:
    """The list of practices these filters give."""
    query = catalogue.as_query(filters).urlencode()
    return reverse("practices:index") + (f"?{query}" if query else "")


def _count(cells: list[catalogue.Cell], filters: catalogue.Filters) -> int:
    wanted = {name: getattr(filters, name) for name in catalogue.DIMENSIONS}
    return sum(cell.count for cell in cells if all(cell.fits(name, value) for name, value in wanted.items()))


def _linked(cells: list[catalogue.Cell], filters: catalogue.Filters) -> tuple[int, str]:
    return _count(cells, filters), address(filters)


def year(
    fields: Sequence[Field], cycles: Sequence[Cycle], cycle: Cycle, before: Cycle | None, newest: Sequence[Practice] = ()
) -> Year:
    """Counts of a cycle beside those of the cycle before it: one GROUP BY over the register.

    `fields` and `cycles` are all there are, of every movement; shown are the fields of this one. The
    names of the units of `newest` are read along with those of the table, for its cards.
    """
    words = catalogue.codes(fields, cycles)
    wanted = [c.code for c in (cycle, before) if c]
    cells = catalogue.cube(public().filter(cycle__code__in=wanted), words, rows.units_in(newest))
    chosen = [(f.code, rows.field_name(f)) for f in fields if f.movement_id == cycle.movement_id and _in_force(f, cycle.ends_on)]
    found = Year(total=_count(cells, catalogue.of_year(cycle.code)), headings=[name for _code, name in chosen])
    found.figures = _figures(cells, cycle, before)
    found.series = [before.code, cycle.code] if before else []
    for code, name in chosen:
        now, href = _linked(cells, catalogue.of_year(cycle.code, field=code))
        then = _count(cells, catalogue.of_year(before.code, field=code)) if before else 0
        found.bars.append({"label": name, "value": [then, now] if before else now, "href": href})
    found.lines = _lines(cells, cycle, [code for code, _name in chosen], words.names)
    found.totals = [_linked(cells, catalogue.of_year(cycle.code, field=code)) for code, _name in chosen]
    found.totals.append(_linked(cells, catalogue.of_year(cycle.code)))
    found.newest = rows.entries(newest, photos=True, names=words.names)
    return found


def _in_force(found: Field, day: date) -> bool:
    return (found.valid_from is None or found.valid_from <= day) and (found.valid_to is None or day < found.valid_to)


def _figures(cells: list[catalogue.Cell], cycle: Cycle, before: Cycle | None) -> list[Figure]:
    kinds: list[tuple[str, dict[str, Any], str]] = [
        (_("in the register"), {}, ""),
        (_("running"), {"state": (rules.State.RUNNING.value,)}, ""),
        (_("recognized"), {"state": RECOGNIZED}, ""),
        (_("of these exemplary"), {"state": (rules.State.EXEMPLARY.value,)}, "gold"),
        (_("taken over from another unit"), {"spread": catalogue.REPLICA}, ""),
    ]
    found = []
    for label, more, tone in kinds:
        value, href = _linked(cells, catalogue.of_year(cycle.code, **more))
        then = _count(cells, catalogue.of_year(before.code, **more)) if before else None
        found.append(Figure(label, value, then, href, tone))
    return found


def _lines(cells: list[catalogue.Cell], cycle: Cycle, fields: list[str], names: UnitNames) -> list[Line]:
    """Wards that have practices in the cycle, by the names they had in it."""
    met = {cell.ward for cell in cells if cell.year == cycle.code}
    found = []
    for unit in names.in_order():
        slug = names.slugs[unit]
        if slug in met:
            row = [_linked(cells, catalogue.of_year(cycle.code, ward=slug, field=code)) for code in fields]
            found.append(Line(names.on(unit, cycle.ends_on), row, _linked(cells, catalogue.of_year(cycle.code, ward=slug))))
    return found


def contributions(cycle: Cycle) -> list[public_page.Total]:
    """What people gave in a cycle, over all public practices."""
    return public_page.contributions(_of_cycle(cycle))


def newest(cycle: Cycle) -> list[Practice]:
    """The newest public practices of a cycle."""
    found = _of_cycle(cycle).select_related("cycle", "field").annotate(spread_to=catalogue.replica_count())
    return list(found.order_by("-registered_at", "-pk")[:NEWEST])


def _of_cycle(cycle: Cycle) -> QuerySet[Practice]:
    return public().filter(cycle__code=cycle.code)


def opening(movement: Movement) -> Opening | None:
    """The registration that is open now, else the next one, else the last one; None when none is set."""
    steps = Milestone.objects.filter(
        kind=Milestone.Kind.REGISTRATION, cycle__movement=movement, cycle__closed_at__isnull=True
    ).select_related("cycle")
    today = timezone.localdate()
    found = [
        Opening(step.cycle, movements.dates_of(step).window(today), step.opens_on, step.closes_on, step.locks_on)
        for step in steps.order_by("opens_on")
    ]
    for wanted in (Window.OPEN, Window.LATE):
        current = [step for step in found if step.window == wanted]
        if current:
            return current[-1]
    coming = [step for step in found if step.opens_on > today]
    return coming[0] if coming else (found[-1] if found else None)


def movement_name(movement: Movement) -> str:
    """The name in the reader's language."""
    return movement.name_en if get_language() == "en" and movement.name_en else movement.name


def movement_summary(movement: Movement) -> str:
    """What the movement is, in the reader's language."""
    return movement.summary_en if get_language() == "en" and movement.summary_en else movement.summary
