"""Who may be behind a request, told without opening a session."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def may_be_someone(request: HttpRequest) -> bool:
    """False for a stranger: no session and no message of ours came along.

    Asking `request.user` instead would read the session and mark the page as varying by cookie.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES or _opened(request)


def _opened(request: HttpRequest) -> bool:
    """A session that began within this very request, as at sign-in."""
    session = getattr(request, "session", None)
    return bool(session is not None and session.modified)
