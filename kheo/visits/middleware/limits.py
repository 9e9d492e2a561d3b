"""How often one visitor may be counted: many at once (a family behind one address), few for long."""

from __future__ import annotations

PER_SECOND = 4
BURST = 60
MOST = 50_000


class Limits:
    """A leaky bucket per visitor, in memory only, for one process."""

    def __init__(self, per_second: float = PER_SECOND, burst: int = BURST) -> None:
        self._step = 1 / per_second
        self._room = burst / per_second
        self._full_at: dict[bytes, float] = {}

    def allow(self, who: bytes, now: float) -> bool:
        """Count one more of `who` at `now` (any steady clock); False when it is too many."""
        due = max(self._full_at.get(who, 0.0), now) + self._step
        if due - now > self._room:
            return False
        if len(self._full_at) >= MOST:
            self._full_at = {key: at for key, at in list(self._full_at.items()) if at > now}
            if len(self._full_at) >= MOST:
                self._full_at = {}
        self._full_at[who] = due
        return True
