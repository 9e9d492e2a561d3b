"""Filters of the report's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from kheo.reports.rules.text import ROMAN

register = template.Library()


@register.filter
def public_address(figures: Mapping[str, Mapping[str, Any]], token: str) -> str:
    """The page where anyone sees the rows of a figure; empty when there is none."""
    return str(figures.get(token, {}).get("public_href", ""))


@register.filter
def at(row: Sequence[Any], index: int) -> Any:
    """The entry of a list by a variable place."""
    return row[index]


@register.filter
def roman(number: int) -> str:
    """I, II, III … for annexes."""
    return ROMAN[min(int(number), len(ROMAN)) - 1]
