"""Parts of a practice's public page that rooms above this one add: honours, reports, articles.

A room registers a function at start-up (in its AppConfig.ready); it receives the practice and
returns a Section, or None when it has nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kheo.practices.models import Practice


@dataclass(frozen=True)
class Section:
    """A heading and the template that is shown below it, with its own context."""

    code: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


Provider = Callable[[Practice], Section | None]
_providers: dict[str, Provider] = {}


def register(code: str, provider: Provider) -> None:
    """Add a part to every practice's page; the same code again replaces it."""
    _providers[code] = provider


def of(practice: Practice) -> list[Section]:
    """The parts that have something to show, in the order they were registered."""
    found = (provider(practice) for provider in _providers.values())
    return [section for section in found if section is not None]
