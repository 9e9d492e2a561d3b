"""Middleware that only the composition root may know: the editor's policy and words for errors."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from kheo.core.errors import Conflict, DomainError, Refused
from kheo.core.messages import describe

GetResponse = Callable[[HttpRequest], HttpResponse]
EDITOR_PREFIX = "/quan-tri/"


class EditorPolicyMiddleware:
    """Wagtail's page editor needs inline scripts; only its own addresses get the looser policy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Loosen script-src and style-src below /quan-tri/ and nowhere else."""
        response = self.get_response(request)
        if request.path.startswith(EDITOR_PREFIX):
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
                "connect-src": [SELF],
                "worker-src": [SELF, "blob:"],
            }
        return response


class AddressLanguageMiddleware(LocaleMiddleware):
    """The language stands in the address, so no page varies by the reader's browser.

    Django says `Vary: Accept-Language` below unprefixed addresses all the same, which would make
    every cache keep a copy for each browser.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say which language it is, and not that it varies."""
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


class DomainErrorMiddleware:
    """Turns a domain error that no view handled into a page (or message) that says what happened."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through; the work is in process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refused → 403, Conflict → 409, any other DomainError → 400; each with its words.

        A refused POST from a page of ours goes back to that page with the words as a message.
        """
        if not isinstance(error, DomainError):
            return None
        if request.method == "POST" and not isinstance(error, Refused):
            back = request.headers.get("Referer", "")
            if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
                messages.error(request, describe(error))
                return HttpResponseRedirect(iri_to_uri(back))
        status = 403 if isinstance(error, Refused) else 409 if isinstance(error, Conflict) else 400
        return render(request, "403.html" if status == 403 else "400.html", {"exception": describe(error)}, status=status)
