"""What the public pages show: areas and years with figures, one figure with its rows and its years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, prefetch_related_objects

from kheo.core import once
from kheo.indicators.models import Indicator, Observation, Period
from kheo.indicators.queries import definitions
from kheo.indicators.queries import units as period_units
from kheo.indicators.queries.figures import PUBLIC, Figure, Lens
from kheo.indicators.rules import readings
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationVersion, Succession


@dataclass(frozen=True)
class Line:
    """An indicator in the table of one area and year."""

    figure: Figure
    before: Figure | None

    @property
    def change(self) -> Decimal | None:
        """Against the year before: percentage points for percentages, units otherwise."""
        return readings.points(self.figure.value, self.before.value if self.before else None)


@dataclass(frozen=True)
class Point:
    """One year of a series; `broken` when units were reorganized between it and the year before."""

    period: Period
    figure: Figure
    broken: bool


@dataclass
class Successor:
    """The figures of former units shown for the unit they passed into, with what could not be divided."""

    steps: list[Succession] = field(default_factory=list)
    within: list[tuple[Organization, str, Succession]] = field(default_factory=list)  # passed into it during the period
    left: list[tuple[Organization, str, Succession]] = field(default_factory=list)


def years() -> list[Period]:
    """Periods with public figures, the newest first."""
    return [period for period in definitions.periods() if period.shown]  # type: ignore[attr-defined]


def areas(reader: Lens, period: Period) -> list[tuple[Organization, str]]:
    """Areas that can be shown for a period: those with figures of their own or below, and the units they
    passed into. An area that ended in the period keeps its figures. Widest first, with the name of that time."""
    with_figures = reader.units_in(period)
    versions = period_units.in_period(period)
    above = {v.organization_id: v.parent_id for v in versions}
    reached = set(with_figures)
    for unit in with_figures:
        parent = above.get(unit)
        while parent is not None and parent not in reached:
            reached.add(parent)
            parent = above.get(parent)
    found: dict[int, str] = {v.organization_id: period_units.column(v, period).title for v in versions if v.organization_id in reached}
    units = {v.organization_id: v.organization for v in versions}
    passed = {step.successor for step, _partial in organizations.passed() if step.predecessor in with_figures and step.on > period.last} - found.keys()
    for heir, name in _named_today(passed) if passed else ():
        found[heir.pk], units[heir.pk] = name, heir
    reader.meet(units.values())
    return [(units[pk], name) for pk, name in found.items()]


def _named_today(pks: Collection[int]) -> list[tuple[Organization, str]]:
    """The areas among some units under their names of today, by address, as `organizations.name_on` calls them."""
    versions: dict[int, list[OrganizationVersion]] = {}
    asked = OrganizationVersion.objects.filter(organization_id__in=pks).select_related("organization", "kind")
    for version in asked.order_by("organization__slug", "valid_from"):
        versions.setdefault(version.organization_id, []).append(version)
    found = []
    for known in versions.values():
        begun = [version for version in known if version.valid_from <= organizations.today()]
        if any(version.kind.is_area for version in known):
            found.append((known[0].organization, (begun[-1] if begun else known[0]).name))
    return found


def table(reader: Lens, unit: int, period: Period) -> list[tuple[str, list[Line]]]:
    """Indicators by group; those that nobody has said anything about at all are left out."""
    earlier = reader.earlier(period, 1)
    groups: dict[str, list[Line]] = {}
    for indicator in reader.indicators:
        made = reader.figure(indicator, unit, period)
        if made is None:
            continue
        before = reader.figure(indicator, unit, earlier) if earlier else None
        if made.state == "missing" and not made.missing_reason and not made.known and (before is None or before.state == "missing"):
            continue
        groups.setdefault(indicator.group, []).append(Line(made, before))
    return list(groups.items())


def rows(reader: Lens, figure: Figure) -> list[tuple[str, str, Figure]]:
    """The units a figure was rolled up from: name, address, figure."""
    names = organizations.names_on(figure.parts, figure.period.last) if figure.parts else {}
    found = []
    for pk in figure.parts:
        made = reader.figure(figure.indicator, pk, figure.period)
        if made is not None:
            found.append((*names[pk], made))
    return found


def series(reader: Lens, indicator: Indicator, unit: Organization, shown: Period) -> list[Point]:
    """The same period of every year with a figure, the oldest first, with breaks at reorganizations."""
    same = alike(shown)
    breaks = reorganized(unit)
    found: list[Point] = []
    for period in sorted(same, key=lambda p: p.first):
        made = reader.figure(indicator, unit.pk, period)
        if made is None or made.state == "missing":
            continue
        last = found[-1].period.last if found else None
        found.append(Point(period, made, last is not None and any(last < day <= period.last for day in breaks)))
    return found


def alike(shown: Period) -> list[Period]:
    """The periods of a series: the same months of every year with public figures."""
    return [p for p in years() if p.kind == shown.kind and p.code[4:] == shown.code[4:]] if shown.kind != "custom" else [shown]


def reorganized(unit: Organization) -> list[date]:
    """The days on which the unit, or a unit that passed into it, was reorganized."""
    return sorted({step.on for step, _partial in organizations.passed() if unit.pk in (step.predecessor, step.successor)})


def successor(unit: Organization, period: Period) -> Successor:
    """For a unit that did not exist in the period: from which units its figures come, on which legal
    basis, and which former units were divided and so keep their figures to themselves."""
    found = Successor()
    counts = Counter(step.predecessor for step, _partial in organizations.passed())
    for step in (step for step in _steps(unit, period) if step.successor_id == unit.pk):
        others = counts[step.predecessor_id] > 1
        if step.on <= period.last:
            found.within.append((step.predecessor, organizations.name_on(step.predecessor, step.on - timedelta(days=1)), step))
        elif step.partial or others:
            found.left.append((step.predecessor, organizations.name_on(step.predecessor, period.last), step))
        else:
            found.steps.append(step)
    return found


def heirs(unit: Organization, period: Period) -> list[tuple[Organization, str, Succession]]:
    """Into which units one of the period passed afterwards: the way to the same figures as they are counted now."""
    return [(s.successor, organizations.name_on(s.successor), s) for s in _steps(unit, period) if s.predecessor_id == unit.pk]


def _steps(unit: Organization, period: Period) -> list[Succession]:
    """The successions of a unit since a period began, in either direction, with the names of both sides."""
    if not any(unit.pk in (step.predecessor, step.successor) and step.on > period.first for step, _partial in organizations.passed()):
        return []
    steps = Succession.objects.filter(Q(successor=unit) | Q(predecessor=unit), on__gt=period.first).select_related("basis", "predecessor", "successor")
    return once.kept(("indicators.steps", unit.pk, period.pk), lambda: _with_names(list(steps.order_by("on", "pk"))))


def _with_names(steps: list[Succession]) -> list[Succession]:
    prefetch_related_objects([side for step in steps for side in (step.predecessor, step.successor)], "versions")
    return steps


def history(figure: Figure, *, public: bool = True) -> list[Observation]:
    """The revisions of the unit's own figure, newest first; the public sees what was ever public."""
    found = Observation.objects.filter(indicator=figure.indicator, unit_id=figure.unit_id, period=figure.period).order_by("-revision")
    return list(found.filter(status__in=PUBLIC) if public else found)


def indicator(code: str) -> Indicator | None:
    """The indicator of an address."""
    return definitions.by_code(code)
