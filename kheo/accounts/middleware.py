"""A session lives as long as the positions it was opened with."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kheo.accounts import queries

GetResponse = Callable[[HttpRequest], HttpResponse]
SESSION_KEY = "kheo_positions"


class PositionMiddleware:
    """Ends the session when a position it was opened with has ended; puts `request.positions`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out and explain when a position ended; otherwise pass on."""
        request.positions = []  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            held = list(queries.positions_of(request.user))  # type: ignore[arg-type]
            now = sorted(position.pk for position in held)
            before = request.session.get(SESSION_KEY)
            if before is None:
                request.session[SESSION_KEY] = now
            elif set(before) - set(now):
                logout(request)
                messages.warning(request, _("Your position has ended, so you were signed out. Sign in again to go on with the positions you still hold."))
                return redirect("account_login")
            elif before != now:
                request.session[SESSION_KEY] = now
            request.positions = held  # type: ignore[attr-defined]
        return self.get_response(request)
