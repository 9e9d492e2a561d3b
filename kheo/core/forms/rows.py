"""Adding a row to a formset on the server, for browsers without script."""

from __future__ import annotations

from django.http import QueryDict


def with_added_row(data: QueryDict, prefix: str, limit: int = 200) -> QueryDict:
    """POST data with one more empty row in the formset `prefix`; at most `limit` rows."""
    changed = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    try:
        total = int(changed.get(name, "0") or "0")
    except ValueError:
        total = 0
    changed[name] = str(min(total + 1, limit))
    changed.pop(f"add-{prefix}", None)
    return changed


def added_row(data: QueryDict, *prefixes: str) -> str:
    """The prefix whose "add a row" button was pressed, or an empty string."""
    return next((prefix for prefix in prefixes if f"add-{prefix}" in data), "")
