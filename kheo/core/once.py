"""What one answer asks several times is asked once.

    @once.reading()            # a page that only reads
    def index(request): …      # whatever is asked in it by `once.kept` is asked once

    once.kept("organizations.spans", lambda: list(…))

Kept is kept for this one answer and never longer; outside of `reading` everything is asked anew. Do not write
inside: what was read before would be told again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Answer = TypeVar("Answer")
_known: ContextVar[dict[Hashable, object] | None] = ContextVar("known", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """One answer that only reads; inside another it belongs to that."""
    if _known.get() is not None:
        yield
        return
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def kept(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer of `ask`, which within one `reading` is asked once for each key."""
    known = _known.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return known[key]  # type: ignore[return-value]
