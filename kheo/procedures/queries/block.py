"""The block of a front page: the figures of the newest month, or honestly why there are none."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from kheo.procedures.queries import figures


def block(today: date | None = None) -> dict[str, Any]:
    """Everything `procedures/block.html` shows. Never empty: without figures it says since when and
    from which source nothing has come; with old figures, which periods are missing."""
    today = today or timezone.localdate()
    found = figures.headline()
    span, sources = ({}, []) if found else figures.span_and_sources()
    last_closed = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
    return {
        "figures": found, "total": found.total if found else None, "sources": sources,
        "behind": bool(found and found.last < last_closed), "expected": f"{last_closed:%m/%Y}",
        "span": span, "since": today,
    }
