"""Figures that Khéo counts itself: rooms above register them, indicators use them by code.

    sources.register(Source("practices.recognized", _("Recognized practices"), _("practices"), compute))

`compute(unit, period)` answers a Count: for an organization and a period (anything with `first` and
`last`, both days included). `value` None means: cannot be known. `href` opens the records behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from kheo.core import once
from kheo.organizations.models import Organization

Found = TypeVar("Found")


class Days(Protocol):
    """A stretch of days, first and last included; the model Period and core's Period both are one."""

    @property
    def first(self) -> date: ...

    @property
    def last(self) -> date: ...


@dataclass(frozen=True)
class Count:
    """What was counted. A ratio gives numerator and denominator; its value is worked out from them."""

    value: Decimal | int | None = None
    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None
    as_of: date | datetime | None = None
    href: str = ""


@dataclass(frozen=True)
class Source:
    """One thing that is counted. `covers_below`: the count of a unit holds those of the units below it."""

    code: str
    label: Any
    unit: Any
    compute: Callable[[Organization, Days], Count]
    covers_below: bool = True


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Offer a computed source; call it from the room's AppConfig.ready()."""
    _sources[source.code] = source


def find(code: str) -> Source | None:
    """The source of that code."""
    return _sources.get(code)


def announce(periods: Iterable[Days]) -> None:
    """Say which periods this answer will count one after another, so that a source may count them in one query.
    Within `once.reading` only; elsewhere it says nothing."""
    known = once.kept("indicators.announced", list[Days])
    known += [period for period in periods if period not in known]


def for_each(key: Hashable, period: Days, ask: Callable[[list[Days]], list[Found]]) -> Found:
    """What `ask` finds for a period; asked for all announced periods at once, when it is one of them."""
    kept: dict[Days, Found] = once.kept(key, dict)
    if period not in kept:
        announced = once.kept("indicators.announced", list[Days])
        asked = [other for other in announced if other not in kept] if period in announced else [period]
        kept.update(zip(asked, ask(asked), strict=True))
    return kept[period]


def every() -> list[Source]:
    """All sources, by code."""
    return [_sources[code] for code in sorted(_sources)]
