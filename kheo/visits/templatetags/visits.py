"""`{% visits_beacon %}` for the page, `{% visits_widget %}` for the counter, `{% column_chart %}` for its charts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest

from kheo.visits.middleware.beacon import ADDRESS, PICTURE
from kheo.visits.queries import sites
from kheo.visits.rules import tokens

register = template.Library()
KEY_NAMES = ("key", "code", "token", "uidb64", "secret")
MOST_TICKS = 8


@register.inclusion_tag("visits/parts/beacon.html", takes_context=True)
def visits_beacon(context: dict[str, Any]) -> dict[str, Any]:
    """The script and the picture that count this page; nothing for a page without a request."""
    request: HttpRequest | None = context.get("request")
    if request is None or request.resolver_match is None:
        return {}
    kwargs: dict[str, Any] = request.resolver_match.captured_kwargs  # type: ignore[attr-defined]  # Django's, not in the stubs
    secrets = tuple(str(kwargs[name]) for name in KEY_NAMES if name in kwargs)
    path = tokens.mask(request.path, secrets)
    token = tokens.make(tokens.key_from(settings.SECRET_KEY), sites.number_for(request), path)
    return {"address": ADDRESS, "token": token, "picture": f"{PICTURE}?{urlencode({'p': token})}"}


@register.inclusion_tag("visits/parts/widget.html")
def visits_widget(level: int = 2) -> dict[str, Any]:
    """The counter: filled by script from /truy-cap/so-lieu.json, so that stored pages never show old figures."""
    return {"level": level}


@register.inclusion_tag("visits/parts/column_chart.html")
def column_chart(chart: dict[str, Any], day: date) -> dict[str, Any]:
    """Upright columns over time as SVG in percentages, with the table beside it."""
    points = chart["points"]
    top = max((point[1] or 0 for point in points), default=0) or 1
    step = Decimal(100) / max(len(points), 1)
    every = -(-len(points) // MOST_TICKS)
    columns = [
        {
            "x": f"{step * n + step * Decimal('0.12'):.3f}%", "width": f"{step * Decimal('0.76'):.3f}%",
            "y": f"{100 - Decimal(100) * views / top:.2f}%", "height": f"{Decimal(100) * views / top:.2f}%",
        }
        for n, (_label, views, _visits) in enumerate(points)
        if views
    ]  # fmt: skip
    ticks = [
        {"x": f"{step * n + step / 2:.3f}%", "label": label, "minor": (len(points) - 1 - n) % (every * 3) != 0}
        for n, (label, _views, _visits) in enumerate(points)
        if (len(points) - 1 - n) % every == 0
    ]
    return {**chart, "columns": columns, "ticks": ticks, "top": top, "day": day, "id": f"visits-{chart['kind']}"}
