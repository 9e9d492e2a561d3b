"""How often one address on the network may begin or send registrations without an account.

The limits leave room for a whole office behind one address on the last evening.
"""

from __future__ import annotations

from django.http import HttpRequest

from kheo.core import limits

LIMITS = {"begin": 120, "send": 60, "save": 6_000, "answer": 60}
"""Per hour and address. Autosave of ten people typing without a pause stays below `save`."""


def allowed(request: HttpRequest, what: str) -> bool:
    """Count one more and say whether it is within the limit; signed-in people are not counted."""
    return limits.within(request, what, LIMITS[what])
