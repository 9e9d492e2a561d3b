"""Where old addresses lead: plain checks of a list of redirects."""

from __future__ import annotations

from collections.abc import Mapping

MOST_STEPS = 50


def final(start: str, moves: Mapping[str, str]) -> str | None:
    """Where somebody ends who asks for `start`; None when it runs in a circle."""
    seen, here = {start}, moves.get(start, start)
    while here in moves:
        if here in seen or len(seen) > MOST_STEPS:
            return None
        seen.add(here)
        here = moves[here]
    return None if here in seen and here != start else here
