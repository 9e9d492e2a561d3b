"""`{% load portal %}`: what a section page shows beside its body."""

from __future__ import annotations

from typing import Any

from django import template

from kheo.portal.models import SectionPage
from kheo.portal.queries import sections

register = template.Library()


@register.simple_tag
def section_facts(page: SectionPage) -> dict[str, Any]:
    """Pages below, pages above and the day of the last check; asked once for the page that is being shown."""
    found: dict[str, Any] | None = page.__dict__.get("section_facts")
    if found is None:
        found = page.__dict__["section_facts"] = sections.page_facts(page)
    return found
