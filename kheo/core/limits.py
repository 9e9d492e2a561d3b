"""How often one address on the network may do something without an account.

Counted by the hour under a keyed hash of the address, in the cache that all processes share: nothing
of it reaches the database, and after an hour it is gone.
"""

from __future__ import annotations

from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = 3600
LOCAL = {"127.0.0.1", "::1", ""}


def within(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more `what` and say whether it is within `most` of this hour; people signed in are not counted."""
    if request.user.is_authenticated:
        return True
    hour = timezone.now().strftime("%Y%m%d%H")
    key = "kheo-limit:" + salted_hmac(f"limit {what} {hour}", _address(request)).hexdigest()
    counts = caches["shared"]  # of all processes: each has a memory of its own
    counts.add(key, 0, HOUR)
    try:
        return int(counts.incr(key)) <= most
    except ValueError:  # the entry fell out between the two calls
        return True


def _address(request: HttpRequest) -> str:
    """The other side's address; behind our own web server the one that it saw."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if direct in LOCAL:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", direct)).rsplit(",", 1)[-1].strip()
    return direct
