"""`{% load portal %}`: what a section page shows beside its body."""

from __future__ import annotations

from typing import Any

from django import template

from kheo.portal.models import SectionPage
from kheo.portal.queries import sections

register = template.Library()


@register.simple_tag
def section_facts(page: SectionPage) -> dict[str, Any]:
    """Pages below, pages above and the day of the last check."""
    return sections.page_facts(page)
