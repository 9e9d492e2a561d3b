"""What templates of this room ask for."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from kheo.procedures import policy

register = template.Library()


@register.inclusion_tag("procedures/desk/tabs.html", takes_context=True)
def procedures_tabs(context: Context) -> dict[str, Any]:
    """The room's pages at the desk, only those that open for this person."""
    user = context["request"].user
    return {"may_set_up": policy.may(user, "set_up"), "may_score": policy.may(user, "score")}
