"""The lifecycle of a practice as data (plain Python, no Django).

States and transitions follow the yearly cycle of the movement: registration, list approval,
running, proposal, evaluation, recognition, then keeping up, spreading, or ending.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a practice stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    LISTED = "listed"
    RUNNING = "running"
    PROPOSED = "proposed"
    EVALUATING = "evaluating"
    RECOGNIZED = "recognized"
    NOT_RECOGNIZED = "not_recognized"
    DEFERRED = "deferred"
    EXEMPLARY = "exemplary"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


# What anyone may read about on the public pages. A draft or returned paper is nowhere to be found;
# a refused proposal is between the ward and the unit; a revoked one stays, marked as revoked.
PUBLIC_STATES = frozenset(
    {
        State.LISTED,
        State.RUNNING,
        State.PROPOSED,
        State.EVALUATING,
        State.RECOGNIZED,
        State.EXEMPLARY,
        State.DEFERRED,
        State.STOPPED,
        State.REVOKED,
    }
)
# On the public pages a practice that waits for or undergoes evaluation is simply running.
PUBLIC_LABEL_OF = {
    State.PROPOSED: State.RUNNING,
    State.EVALUATING: State.RUNNING,
    State.DEFERRED: State.RUNNING,
}
RECOGNIZED_STATES = frozenset({State.RECOGNIZED, State.EXEMPLARY})
EDITABLE_STATES = frozenset({State.DRAFT, State.RETURNED})
ENDED_STATES = frozenset(
    {State.NOT_RECOGNIZED, State.STOPPED, State.WITHDRAWN, State.REVOKED, State.DEFERRED}
)
# Counted as registered in every figure: everything that was sent in and not taken back.
REGISTERED_STATES = frozenset(State) - {State.DRAFT, State.WITHDRAWN}
# Counted as effective: it ran, whatever became of it later.
EFFECTIVE_STATES = frozenset(
    {
        State.RUNNING,
        State.PROPOSED,
        State.EVALUATING,
        State.RECOGNIZED,
        State.EXEMPLARY,
        State.NOT_RECOGNIZED,
        State.DEFERRED,
    }
)


@dataclass(frozen=True)
class Transition:
    """One verb of the lifecycle.

    `roles` hold it inside the unit's subtree; `owner` lets the registering side do it too.
    `reason` demands words that the other side will read; `decision` demands an official document.
    """

    verb: str
    sources: frozenset[State]
    target: State
    roles: frozenset[str]
    owner: bool = False
    reason: bool = False
    decision: bool = False


def _transition(
    verb: str,
    sources: Iterable[State],
    target: State,
    roles: Iterable[str] = (),
    *,
    owner: bool = False,
    reason: bool = False,
    decision: bool = False,
) -> Transition:
    return Transition(verb, frozenset(sources), target, frozenset(roles), owner, reason, decision)


S = State
TRANSITIONS: dict[str, Transition] = {
    t.verb: t
    for t in (
        _transition("register", [S.DRAFT, S.RETURNED], S.SUBMITTED, ["receiver"], owner=True),
        _transition("return", [S.SUBMITTED], S.RETURNED, ["receiver"], reason=True),
        _transition("approve", [S.SUBMITTED], S.LISTED, ["receiver", "leader"]),
        _transition("start", [S.LISTED], S.RUNNING, ["receiver"], owner=True),
        _transition("propose", [S.RUNNING], S.PROPOSED, ["receiver"], owner=True),
        _transition("send_back", [S.PROPOSED], S.RUNNING, ["receiver"], reason=True),
        _transition("open_evaluation", [S.PROPOSED], S.EVALUATING, ["receiver"]),
        _transition("recognize", [S.EVALUATING], S.RECOGNIZED, ["leader"], decision=True),
        _transition("name_exemplary", [S.RECOGNIZED], S.EXEMPLARY, ["leader"], decision=True),
        _transition("refuse", [S.EVALUATING], S.NOT_RECOGNIZED, ["leader"], reason=True),
        _transition("defer", [S.EVALUATING], S.DEFERRED, ["leader"], reason=True),
        _transition("stop", [S.RUNNING, S.RECOGNIZED, S.EXEMPLARY, S.LISTED], S.STOPPED, ["receiver"], reason=True),
        _transition(
            "withdraw",
            [S.DRAFT, S.SUBMITTED, S.RETURNED, S.LISTED, S.RUNNING, S.PROPOSED],
            S.WITHDRAWN,
            owner=True,
            reason=True,
        ),
        _transition("revoke", [S.RECOGNIZED, S.EXEMPLARY], S.REVOKED, ["leader"], reason=True, decision=True),
    )
}


def verbs_from(state: State | str) -> list[str]:
    """The verbs that lead out of a state, in the order of the table."""
    return [verb for verb, t in TRANSITIONS.items() if State(state) in t.sources]


def public_state(state: State | str) -> State:
    """The state as the public pages name it."""
    return PUBLIC_LABEL_OF.get(State(state), State(state))
