"""The lifecycle of a report: draft → checked → issued, and back to draft for a reissue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a report is. Whether it was issued before is told by its issues, not by the state."""

    DRAFT = "draft"
    CHECKED = "checked"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Step:
    """A verb: from which states, to which, which roles; `reason` demands words."""

    sources: frozenset[State]
    target: State
    roles: tuple[str, ...]
    reason: bool = False


TRANSITIONS: dict[str, Step] = {
    "check": Step(frozenset({State.DRAFT}), State.CHECKED, ("receiver", "leader")),
    "return": Step(frozenset({State.CHECKED}), State.DRAFT, ("receiver", "leader"), reason=True),
    "issue": Step(frozenset({State.CHECKED}), State.ISSUED, ("leader",)),
    "reopen": Step(frozenset({State.ISSUED}), State.DRAFT, ("leader",), reason=True),
}
EDITABLE = frozenset({State.DRAFT})
