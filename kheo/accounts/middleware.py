"""A session lives as long as the positions it was opened with."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.accounts import queries
from kheo.accounts.actions import sync_groups
from kheo.accounts.models import User
from kheo.accounts.views import access
from kheo.core.pages import visitors

GetResponse = Callable[[HttpRequest], HttpResponse]
SESSION_KEY = "kheo_positions"
# Where work is done: the second factor is asked for at these doors, not on public pages.
WORK = ("/ban-lam-viec/", "/en/ban-lam-viec/", "/quan-tri/")
EDITOR = "/quan-tri/"


class PositionMiddleware:
    """Ends the session when a position it was opened with has ended; puts `request.positions`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out and explain when a position ended; otherwise pass on."""
        request.positions = []  # type: ignore[attr-defined]
        if visitors.may_be_someone(request) and isinstance(request.user, User):
            answer = self._stopped(request, request.user)
            if answer is not None:
                return answer
        return self.get_response(request)

    def _stopped(self, request: HttpRequest, user: User) -> HttpResponse | None:
        held = list(queries.positions_of(user))
        now = sorted(position.pk for position in held)
        before = request.session.get(SESSION_KEY)
        if before is not None and set(before) - set(now):
            return _sign_out(request)
        if before != now:
            request.session[SESSION_KEY] = now
            if before is not None:
                sync_groups.sync_groups(user)
        request.positions = held  # type: ignore[attr-defined]
        return _held_at_door(request, user) if request.path.startswith(WORK) else None


def _sign_out(request: HttpRequest) -> HttpResponse:
    """The rights of the session are gone, but not what was being written."""
    posted = request.method == "POST"
    logout(request)
    if posted:
        access.keep_post(request)
    messages.warning(request, _("Your position has ended, so you were signed out. Sign in again to go on with the positions you still hold."))
    return access.to_sign_in(request)


def _held_at_door(request: HttpRequest, user: User) -> HttpResponse | None:
    if queries.lacks_second_factor(user):
        messages.warning(request, _("This site asks everyone at the desk for a second step at sign-in. Set it up now; it takes two minutes."))
        return redirect("mfa_activate_totp")
    # Wagtail would send a signed-in person without rights back to the sign-in page, in a circle.
    if request.path.startswith(EDITOR) and request.path != reverse("wagtailadmin_logout") and not user.has_perm("wagtailadmin.access_admin"):
        return render(request, "403.html", {"exception": access.NO_POSITION}, status=403)
    return None
