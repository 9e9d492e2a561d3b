"""Blocks that apps above add to the public page of a unit, such as its practices.

    from kheo.organizations import sections
    sections.register(block)   # in AppConfig.ready

where `block(organization, day)` returns Section(template, context), or None for nothing to show.
The template finds its context in the variable `section`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kheo.organizations.models import Organization


@dataclass(frozen=True)
class Section:
    """One block of the page: its template and what the template shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Block = Callable[[Organization, date], Section | None]
_blocks: list[Block] = []


def register(block: Block) -> Block:
    """Add a block; registering the same function again changes nothing. Usable as a decorator."""
    if block not in _blocks:
        _blocks.append(block)
    return block


def of(organization: Organization, day: date) -> list[Section]:
    """The blocks that have something to show for the unit on the day, in order of registration."""
    made = (block(organization, day) for block in _blocks)
    return [section for section in made if section is not None]
