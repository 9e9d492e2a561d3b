"""The door of the desk: who comes in, and nothing written is lost at it."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from kheo.accounts import queries

View = Callable[..., HttpResponseBase]
SESSION_KEY = "kheo_kept_posts"
MOST_KEPT = 200_000
NOT_KEPT = {"csrfmiddlewaretoken"}


def desk_required(view: View) -> View:
    """Only people with a position in force. Others go to the sign-in page, or read why not.

    A POST that arrives after the session ended is kept (texts only, no files) and given back as
    `kept_data(request)` once the person has signed in again.
    """
    return role_required()(view)


def role_required(*roles: str) -> Callable[[View], View]:
    """The same, and one of the roles must be held (none named: any)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            rights = queries.rights(request.user)
            if not rights.reach or (roles and not rights.has(*roles)):
                words = _("You are signed in, but hold no position that opens this page. Ask an administrator of your unit for one.")
                return render(request, "403.html", {"exception": words}, status=403)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def kept_data(request: HttpRequest) -> QueryDict | None:
    """What was posted to this address before the session ended; given once, then forgotten."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept.get("path") != request.path or request.method != "GET":
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["data"], mutable=True)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = request.get_full_path()
    if request.method == "POST":
        address = request.path
        _keep(request)
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': address})}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _keep(request: HttpRequest) -> None:
    data = request.POST.copy()
    for name in NOT_KEPT:
        data.pop(name, None)
    text = data.urlencode()
    if len(text) <= MOST_KEPT:
        request.session[SESSION_KEY] = {"path": request.path, "data": text, "token": secrets.token_hex(8)}
