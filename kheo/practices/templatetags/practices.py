"""Words of the registry in templates."""

from __future__ import annotations

from typing import Any

from django import template

from kheo.practices.rules import State
from kheo.practices.sources.columns import NAMES
from kheo.practices.words import BUTTONS, TONES

register = template.Library()


@register.filter
def column_name(key: str) -> str:
    """The plain name of an import column."""
    return NAMES.get(key, key)


@register.filter
def state_tone(practice: Any) -> str:
    """The colour of a practice's state tag."""
    return TONES.get(State(practice.state), "neutral")


@register.filter
def verb_button(verb: str) -> Any:
    """What the button of a verb says."""
    return BUTTONS.get(verb, verb)


@register.filter
def in_set(value: Any, chosen: Any) -> bool:
    """Whether a value is among the chosen ones."""
    return value in chosen
