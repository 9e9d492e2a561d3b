"""Words of the registry in templates."""

from __future__ import annotations

from django import template

from kheo.practices.sources.columns import NAMES

register = template.Library()


@register.filter
def column_name(key: str) -> str:
    """The plain name of an import column."""
    return NAMES.get(key, key)
