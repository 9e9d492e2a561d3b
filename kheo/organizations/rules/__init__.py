"""Dated units without a database."""

from kheo.organizations.rules.intervals import Interval, first_gap, overlap
from kheo.organizations.rules.names import ALIASES_OF_KIND, kind_words, short_name
from kheo.organizations.rules.plans import Change, Move, NewUnit, Plan, Successor
from kheo.organizations.rules.tree import Passed, Span, parse_reference, reach, subtree

__all__ = [
    "ALIASES_OF_KIND", "Change", "Interval", "Move", "NewUnit", "Passed", "Plan", "Span", "Successor",
    "first_gap", "kind_words", "overlap", "parse_reference", "reach", "short_name", "subtree",
]
