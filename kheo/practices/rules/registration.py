"""A registration as understood: the nine boxes with their rows (plain Python).

Forms, imports and the demo fill it; `actions.write.write` puts it on a practice. Units and fields
are named by their numbers, so that these rules need no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

MOST_TITLE = 300
MOST_TEXT = 10_000
"""Characters of one long box; a page of A4 holds about 2,500."""
MOST_ROWS = 30
MOST_DRAFT_BYTES = 200_000
"""Size of one autosaved draft, everything together, as JSON."""
MOST_DRAFT_FIELDS = 1_500


@dataclass(frozen=True)
class GoalRow:
    """A measurable goal (box 3)."""

    statement: str
    unit: str = ""
    target: Decimal | None = None


@dataclass(frozen=True)
class ForceRow:
    """Who leads, coordinates or takes part (box 6): part is lead, coordinate or participate."""

    name: str = ""
    part: str = "participate"
    duty: str = ""
    organization: int | None = None


@dataclass(frozen=True)
class ResourceRow:
    """What is needed (box 7): kind is money, facilities, people, workdays or community."""

    kind: str
    description: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class OutputRow:
    """A result that can be verified (box 8)."""

    result: str
    unit: str = ""
    target: Decimal | None = None
    evidence: str = ""


@dataclass(frozen=True)
class RegistrationData:
    """Everything a registration says. `ward` is only needed when no unit of the list is named."""

    title: str
    field: int
    kind: str = "model"
    subject: str = "collective"
    stage: str = "new"
    second_field: int | None = None
    organization: int | None = None
    organization_text: str = ""
    ward: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    situation: str = ""
    objectives: str = ""
    content: str = ""
    area_text: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    schedule: str = ""
    sustainability: str = ""
    parent: int | None = None
    adaptation: str = ""
    goals: tuple[GoalRow, ...] = ()
    forces: tuple[ForceRow, ...] = ()
    resources: tuple[ResourceRow, ...] = ()
    outputs: tuple[OutputRow, ...] = ()
    areas: tuple[int, ...] = ()


def phrases(folded_title: str, *, most: int = 12) -> list[str]:
    """Pairs of neighbouring words of a folded title, the longest first: what a near duplicate shares.

    Two titles alike enough to be warned about always share at least one of them; a title of one
    word gives that word.
    """
    words = folded_title.split()
    pairs = [f"{first} {second}" for first, second in pairwise(words)] or words
    return sorted(dict.fromkeys(pairs), key=lambda pair: (-len(pair), pair))[:most]
