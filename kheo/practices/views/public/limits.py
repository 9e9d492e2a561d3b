"""How often one address on the network may begin or send registrations without an account.

Counted by the hour under a keyed hash of the address, in small files that every process reads:
nothing of it reaches the database.
The limits leave room for a whole office behind one address on the last evening.
"""

from __future__ import annotations

from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = 3600
LIMITS = {"begin": 120, "send": 60, "save": 6_000, "answer": 60}
"""Per hour and address. Autosave of ten people typing without a pause stays below `save`."""
LOCAL = {"127.0.0.1", "::1", ""}


def allowed(request: HttpRequest, what: str) -> bool:
    """Count one more and say whether it is within the limit; signed-in people are not counted."""
    if request.user.is_authenticated:
        return True
    hour = timezone.now().strftime("%Y%m%d%H")
    key = "kheo-limit:" + salted_hmac(f"limit {what} {hour}", _address(request)).hexdigest()
    counts = caches["shared"]  # of all processes: each has a memory of its own
    counts.add(key, 0, HOUR)
    try:
        return int(counts.incr(key)) <= LIMITS[what]
    except ValueError:  # the entry fell out between the two calls
        return True


def _address(request: HttpRequest) -> str:
    """The other side's address; behind our own web server the one that it saw."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if direct in LOCAL:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", direct)).rsplit(",", 1)[-1].strip()
    return direct
