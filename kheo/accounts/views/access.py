"""The door of the desk: who comes in, and nothing written is lost at it."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext_lazy

from kheo.accounts import policy, queries

View = Callable[..., HttpResponseBase]
SESSION_KEY = "kheo_kept_post"
MOST_KEPT = 200_000  # characters; a form longer than that is not typed by hand
KEPT_SECONDS = 2 * 60 * 60
NOT_KEPT = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")
KEPT_BANNER = gettext_lazy("You were signed out while writing. What you had written is back in the form below; nothing was saved yet. Chosen files must be chosen again.")
NO_POSITION = gettext_lazy("You are signed in, but hold no position that opens this page. Ask an administrator of your unit for one.")


def desk_required(view: View) -> View:
    """Only people with a position in force. Others go to the sign-in page, or read why not.

    A POST that arrives after the session ended is kept (texts only, no files); once the person has
    signed in again the same address is opened by GET and `kept_data(request)` returns it.
    """
    return role_required()(view)


def role_required(*roles: str) -> Callable[[View], View]:
    """The same, and one of the roles must be held (none named: any)."""
    return _guard(lambda rights: rights.has(*roles) if roles else bool(rights.reach), owner_too=False)


def managers_only(view: View) -> View:
    """Only administrators of units, and the technical owner of the installation."""
    return _guard(lambda rights: rights.has(*policy.MANAGING), owner_too=True)(view)


def _guard(opens: Callable[[queries.Rights], bool], *, owner_too: bool) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                keep_post(request)
                return to_sign_in(request)
            if not opens(queries.rights(user)) and not (owner_too and user.is_superuser):
                return render(request, "403.html", {"exception": NO_POSITION}, status=403)
            request.kept_post = _given_back(request)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def kept_data(request: HttpRequest) -> QueryDict | None:
    """What was posted to this address before the session ended, to fill the form with; else None.

    Given once. Tells the person with a message that it is only filled in, not saved.
    """
    kept: QueryDict | None = getattr(request, "kept_post", None)
    if kept is not None:
        request.kept_post = None  # type: ignore[attr-defined]
        messages.warning(request, KEPT_BANNER)
    return kept


def keep_post(request: HttpRequest) -> None:
    """Keep the texts of a POST in the (new, anonymous) session until the person has signed in."""
    if request.method != "POST":
        return
    data = request.POST.copy()
    for name in NOT_KEPT:
        data.pop(name, None)
    text = data.urlencode()
    if data and len(text) <= MOST_KEPT:
        request.session[SESSION_KEY] = {"path": request.path, "data": text, "at": int(time.time())}


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Off to the sign-in page, and back here afterwards; htmx is told to move the whole page."""
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _given_back(request: HttpRequest) -> QueryDict | None:
    kept = request.session.get(SESSION_KEY)
    if not kept or request.method != "GET" or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    if time.time() - kept["at"] > KEPT_SECONDS:
        return None
    return QueryDict(kept["data"], mutable=True)
