"""Filters of the report's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from kheo.reports.rules import text as words

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
def closed(content: Mapping[str, Any], paper: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections with the end mark of the paper behind the last words."""
    return words.closed(content["sections"], paper["end_mark"])


@register.filter
def annex_name(annexes: Sequence[Any], index: int) -> str:
    """`Phụ lục`, or `Phụ lục II` where there are several."""
    return words.annex_names(len(annexes))[index]
