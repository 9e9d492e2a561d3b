"""`{% load workdays %}{% working answer %}`: a computed date with its working, on any page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS

from kheo.workdays import words
from kheo.workdays.rules import Answer

register = template.Library()


@register.inclusion_tag("workdays/working.html")
def working(answer: Answer, *, expanded: bool = False) -> dict[str, Any]:
    """Each skipped day and why, and what is still undecided. `expanded` shows the table at once."""
    skipped = [
        {"on": day.on, "weekday": WEEKDAYS[day.on.weekday()], "reason": words.REASONS[day.reason], "name": day.name, "basis": day.basis}
        for day in answer.skipped
    ]
    return {"answer": answer, "skipped": skipped, "cautions": [words.caution(found) for found in answer.cautions], "expanded": expanded}


@register.filter
def weekday(day: date) -> Any:
    """The name of the day of the week."""
    return WEEKDAYS[day.weekday()]
