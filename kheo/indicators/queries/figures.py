"""Figures: the one place where observations, counts and formulas become values.

A Lens loads everything it needs for its periods in a few queries and then answers any cell: the
unit's own observation first, otherwise the units below it rolled up by the indicator's rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse

from kheo.core.errors import InvalidInput
from kheo.core.messages import describe
from kheo.indicators import sources
from kheo.indicators.models import Indicator, IndicatorVersion, Observation, Period
from kheo.indicators.queries import definitions
from kheo.indicators.rules import formula, readings
from kheo.indicators.rules.readings import Combined, Reading
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.organizations.rules import Passed

PUBLIC = definitions.PUBLIC
RANK = {"": 3, "official": 2, "preliminary": 1, "estimate": 0}


@dataclass(frozen=True)
class Cell:
    """The observation in force, as far as figures need it."""

    reading: Reading
    status: str
    at: datetime | None
    missing_reason: str = ""
    pk: int = 0


@dataclass(frozen=True)
class Figure:
    """A value with everything needed to check it. `known` of `total` units have said theirs."""

    indicator: Indicator
    definition: IndicatorVersion
    unit_id: int
    period: Period
    reading: Reading
    known: int = 1
    total: int = 1
    as_of: datetime | date | None = None
    status: str = ""
    origin: str = "own"  # own, units, computed, formula
    href: str = ""
    missing_reason: str = ""
    parts: tuple[int, ...] = field(default=())  # numbers of the units it was rolled up from

    @property
    def value(self) -> Decimal | None:
        return self.reading.value

    @property
    def numerator(self) -> Decimal | None:
        return self.reading.numerator

    @property
    def denominator(self) -> Decimal | None:
        return self.reading.denominator

    @property
    def state(self) -> str:
        return self.reading.state

    @property
    def complete(self) -> bool:
        return self.known == self.total


class Lens:
    """The figures of some periods for one reader: the public sees no estimates."""

    def __init__(self, periods: Sequence[Period], *, public: bool = True, indicators: Iterable[Indicator] | None = None, back: int = 0) -> None:
        """`back` is how many years before each period will be asked for too, with what their formulas look back to."""
        self.public = public
        self.indicators = list(indicators) if indicators is not None else list(definitions.indicators())
        self.by_code = {i.code: i for i in self.indicators}
        self.periods = {p.pk: p for p in periods}
        self._earlier: dict[tuple[int, int], Period | None] = {}
        self._cells: dict[int, dict[tuple[int, int], Cell]] = {}
        self._children: dict[date, dict[int, list[int]]] = {}
        self._formulas: dict[str, formula.Formula] = {}
        self._definitions: dict[tuple[int, date], IndicatorVersion | None] = {}
        self._merged: dict[int, list[Passed]] | None = None
        self._units: dict[int, Organization | None] = {}
        reach = max((self._formula(v.formula).reach for i in self.indicators for v in i.versions.all() if v.source == "formula"), default=0) if back else 0
        former = (self.earlier(p, years) for p in periods for years in range(1, back + reach + 1))
        known = list({p.pk: p for p in (*periods, *former) if p is not None}.values())
        sources.announce(known)
        self._load(known)

    def _load(self, periods: list[Period]) -> None:
        wanted = [p.pk for p in periods if p.pk not in self._cells]
        if not wanted:
            return
        for pk in wanted:
            self._cells[pk] = {}
        found = Observation.objects.filter(is_current=True, period_id__in=wanted)
        if self.public:
            found = found.filter(status__in=PUBLIC)
        rows = found.order_by().values_list(
            "period_id", "indicator_id", "unit_id", "value", "numerator", "denominator", "status", "at", "missing_reason", "pk"
        )
        for period, indicator, unit, value, above, below, status, at, why, pk in rows.iterator(chunk_size=5000):
            self._cells[period][(indicator, unit)] = Cell(Reading(value, above, below), status, at, why, pk)

    def cell(self, indicator: Indicator, unit: int, period: Period) -> Cell | None:
        """The unit's own observation in force."""
        if period.pk not in self._cells:
            self._load([period])
        return self._cells[period.pk].get((indicator.pk, unit))

    def definition(self, indicator: Indicator, day: date) -> IndicatorVersion | None:
        """The definition on a day, remembered."""
        key = (indicator.pk, day)
        if key not in self._definitions:
            self._definitions[key] = definitions.definition(indicator, day)
        return self._definitions[key]

    def earlier(self, period: Period, years: int) -> Period | None:
        """The same period some years before."""
        key = (period.pk, years)
        if key not in self._earlier:
            self._earlier[key] = definitions.earlier(period, years)
        return self._earlier[key]

    def children(self, unit: int, day: date) -> list[int]:
        """The administrative areas directly below a unit on a day."""
        if day not in self._children:
            below: dict[int, list[int]] = defaultdict(list)
            for span in organizations.area_spans():
                if span.parent is not None and span.holds_on(day):
                    below[span.parent].append(span.organization)
            self._children[day] = below
        return self._children[day].get(unit, [])

    def meet(self, units: Iterable[Organization]) -> None:
        """Units that are at hand already and need not be asked for."""
        self._units.update({unit.pk: unit for unit in units})

    def units_in(self, period: Period) -> set[int]:
        """The units with an observation of their own in a period that is loaded."""
        return {unit for _indicator, unit in self._cells[period.pk]}

    def merged_into(self, unit: int, day: date) -> list[int]:
        """The units that passed whole into this one after a day: their figures may be added. A unit of
        which parts went to several is never apportioned."""
        if self._merged is None:
            found: dict[int, list[Passed]] = defaultdict(list)
            for step in organizations.undivided():
                found[step.successor].append(step)
            self._merged = found
        return [s.predecessor for s in self._merged.get(unit, []) if s.on > day]

    def figure(self, indicator: Indicator, unit: int, period: Period, *, _seen: frozenset[str] = frozenset()) -> Figure | None:
        """The figure of one cell; None when the indicator has no definition at all."""
        version = self.definition(indicator, period.last)
        if version is None:
            return None
        if version.source == "formula":
            return self._by_formula(indicator, version, unit, period, _seen | {indicator.code})
        if version.source == "computed":
            return self._counted(indicator, version, unit, period)
        own = self.cell(indicator, unit, period)
        if own is not None:
            return Figure(
                indicator, version, unit, period, own.reading, as_of=own.at, status=own.status, missing_reason=own.missing_reason,
                known=int(own.reading.state != "missing"),
            )
        return self._rolled_up(indicator, version, unit, period)

    def _rolled_up(self, indicator: Indicator, version: IndicatorVersion, unit: int, period: Period) -> Figure:
        below = self.children(unit, period.last)
        if not below:
            below = self.merged_into(unit, period.last)
        if not below or version.aggregation == readings.LAST:
            return Figure(indicator, version, unit, period, Reading(), known=0)
        parts = [p for p in (self.figure(indicator, child, period) for child in below) if p is not None]
        made: Combined = readings.combine(version.aggregation, [p.reading for p in parts], factor=version.factor)
        days = [p.as_of for p in parts if isinstance(p.as_of, datetime)]
        weakest = min((p.status for p in parts if p.status), key=lambda s: RANK[s], default="")
        return Figure(
            indicator, version, unit, period, made.reading, sum(p.known for p in parts), sum(p.total for p in parts),
            max(days, default=None), weakest, "units", parts=tuple(below),
        )

    def _counted(self, indicator: Indicator, version: IndicatorVersion, unit: int, period: Period) -> Figure:
        source = sources.find(version.source_code)
        if unit not in self._units:
            self._units[unit] = Organization.objects.filter(pk=unit).first()
        organization = self._units[unit]
        if source is None or organization is None:
            return Figure(indicator, version, unit, period, Reading(), known=0, origin="computed")
        count = source.compute(organization, period)
        above, below = (None if n is None else Decimal(n) for n in (count.numerator, count.denominator))
        made = readings.ratio(above, below, version.factor) if below is not None else Reading(None if count.value is None else Decimal(count.value))
        return Figure(
            indicator, version, unit, period, made, known=int(made.state != "missing"), as_of=count.as_of, origin="computed", href=count.href
        )

    def _formula(self, text: str) -> formula.Formula:
        if text not in self._formulas:
            self._formulas[text] = formula.parse(text)
        return self._formulas[text]

    def _by_formula(self, indicator: Indicator, version: IndicatorVersion, unit: int, period: Period, seen: frozenset[str]) -> Figure:
        used: list[Figure] = []

        def lookup(code: str, years: int) -> Decimal | None:
            other, when = self.by_code.get(code), self.earlier(period, years)
            if other is None or when is None or code in seen:
                return None
            found = self.figure(other, unit, when, _seen=seen)
            if found is not None:
                used.append(found)
            return found.value if found is not None else None

        why = ""
        try:
            made = self._formula(version.formula).evaluate(lookup)
        except InvalidInput as error:  # beyond all bounds on these figures: a figure that is missing, not a page that fails
            made, why = Reading(), describe(error)
        days = [f.as_of for f in used if isinstance(f.as_of, datetime)]
        weakest = min((f.status for f in used if f.status), key=lambda s: RANK[s], default="")
        return Figure(indicator, version, unit, period, made, int(made.state != "missing"), 1, max(days, default=None), weakest, "formula", missing_reason=why)


def lens(periods: Sequence[Period], *, public: bool = True) -> Lens:
    """A reader of figures for these periods."""
    return Lens(periods, public=public)


def figure(code: str, unit: Organization | int, period: Period, *, public: bool = True) -> Figure | None:
    """One figure by code; None when there is no such indicator."""
    reader = Lens([period], public=public)
    indicator = reader.by_code.get(code)
    return reader.figure(indicator, unit if isinstance(unit, int) else unit.pk, period) if indicator else None


def compile_figures(
    units: Sequence[int], periods: Sequence[Period], *, codes: Sequence[str] | None = None, public: bool = True
) -> dict[tuple[str, int, str], Figure]:
    """(indicator code, unit, period code) → figure, for reports: one load however many cells."""
    reader = Lens(periods, public=public)
    chosen = [reader.by_code[c] for c in codes if c in reader.by_code] if codes is not None else reader.indicators
    found: dict[tuple[str, int, str], Figure] = {}
    for period in periods:
        for indicator in chosen:
            for unit in units:
                made = reader.figure(indicator, unit, period)
                if made is not None:
                    found[(indicator.code, unit, period.code)] = made
    return found


def address(figure_: Figure, slug: str) -> str:
    """The public address that lists the records behind a figure."""
    return f"{reverse('indicators:detail', args=[figure_.indicator.code])}?unit={slug}&year={figure_.period.code}"
