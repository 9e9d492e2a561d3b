"""The rules of practices in plain Python: the lifecycle as data, and the arithmetic of points."""

from kheo.practices.rules.lifecycle import (
    EDITABLE_STATES,
    EFFECTIVE_STATES,
    ENDED_STATES,
    PUBLIC_LABEL_OF,
    PUBLIC_STATES,
    RECOGNIZED_STATES,
    REGISTERED_STATES,
    TRANSITIONS,
    State,
    Transition,
    public_state,
    verbs_from,
)

__all__ = [
    "EDITABLE_STATES",
    "EFFECTIVE_STATES",
    "ENDED_STATES",
    "PUBLIC_LABEL_OF",
    "PUBLIC_STATES",
    "RECOGNIZED_STATES",
    "REGISTERED_STATES",
    "TRANSITIONS",
    "State",
    "Transition",
    "public_state",
    "verbs_from",
]
