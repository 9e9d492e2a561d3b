"""Django's cache in memory, whose entries drawn from the database end with the generation.

A memory cache knows nothing of a commit in another process: a page rendered from it just after the
commit would be kept with old words. Keys that begin as FOLLOWING says hold for one generation only.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache

from kheo.core.pages import ledger

FOLLOWING = ("wagtail_", "portal.", "db.")


class DatabaseAwareCache(LocMemCache):
    """LocMemCache, but what follows the database is forgotten at the next commit in any process."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._asked = threading.local()

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The value, when nothing was committed since it was read from the database."""
        found = super().get(key, default, version)
        if not str(key).startswith(FOLLOWING):
            return found
        # The generation before the caller reads the database, for the `set` that follows.
        now = ledger.open_ledger(Path(settings.KHEO_HOME)).generation()
        self._asked.__dict__[str(key)] = now
        if isinstance(found, Drawn):
            return found.value if found.generation == now and now is not None else default
        return found

    def set(self, key: Any, value: Any, timeout: Any = ..., version: int | None = None) -> None:
        """Keep the value under the generation that `get` saw before the database was read."""
        given = {} if timeout is ... else {"timeout": timeout}
        if str(key).startswith(FOLLOWING):
            generation = self._asked.__dict__.pop(str(key), None)
            if generation is None:
                return
            value = Drawn(generation, value)
        super().set(key, value, version=version, **given)


class Drawn:
    """A value and the generation it was read in."""

    def __init__(self, generation: int, value: Any) -> None:
        self.generation = generation
        self.value = value
