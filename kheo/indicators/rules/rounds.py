"""The life of what one unit sends in a collection round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

OPEN, SUBMITTED, RETURNED, APPROVED = "open", "submitted", "returned", "approved"
STATES = (OPEN, SUBMITTED, RETURNED, APPROVED)


@dataclass(frozen=True, slots=True)
class Transition:
    """A verb: from which states, to which, and whether it needs a reason."""

    sources: frozenset[str]
    target: str
    needs_reason: bool = False


TRANSITIONS: dict[str, Transition] = {
    "submit": Transition(frozenset({OPEN, RETURNED}), SUBMITTED),
    "approve": Transition(frozenset({SUBMITTED}), APPROVED),  # the last level; a lower one leaves it submitted
    "return": Transition(frozenset({SUBMITTED}), RETURNED, needs_reason=True),
    "extend": Transition(frozenset({OPEN, RETURNED}), OPEN, needs_reason=True),
    "reopen": Transition(frozenset({SUBMITTED, APPROVED}), RETURNED, needs_reason=True),
}
EDITABLE = frozenset({OPEN, RETURNED})


def due_reminders(days_before: list[int], on_time: date, today: date) -> list[date]:
    """The days of reminder rules that have come: also those missed while nothing ran, the latest only.

    A rule of −2 is two days after the on-time date. Each (rule, date) is sent once; of several missed
    ones only the nearest speaks, or a person would get them all at once.
    """
    days = sorted(on_time - timedelta(days=n) for n in set(days_before))
    come = [day for day in days if day <= today]
    return come[-1:]
