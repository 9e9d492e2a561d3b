"""When a commendation fits, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Validity:
    """The days over which a form or level exists, half-open."""

    start: date | None
    end: date | None

    def holds_on(self, day: date) -> bool:
        """True when the form exists on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def funnel_breaks(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Pairs (earlier, later) of the funnel registered ≥ effective ≥ recognized ≥ exemplary that do not hold."""
    order = [step for step in ("registered", "effective", "recognized", "exemplary") if step in counts]
    return [(a, b) for a, b in pairwise(order) if counts[a] < counts[b]]


def public_name(name: str, *, collective: bool, consented: bool, minor: bool) -> str | None:
    """The name as anyone may read it; None when a person did not consent or is a minor."""
    return name if collective or (consented and not minor) else None
