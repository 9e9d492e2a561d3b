"""Addresses of older portals: Wagtail's redirects, found also as people share them, and kept on the host that was asked."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import (
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.encoding import iri_to_uri
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from kheo.core.rules.text import nfc

# What Facebook, Zalo, Google and newsletters add to an address they pass on, and the session that Java servers add.
_ADDED = re.compile(r"(?:^|&)(?:fbclid|gclid|zarsrc|utm_\w+|mibextid|gidzl)=[^&]*")
_SESSION = re.compile(r";jsessionid=[^?/;]*", re.IGNORECASE)


class OldAddressMiddleware(RedirectMiddleware):
    """Like Wagtail's own, which runs only where no page answered."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """A redirect of the address, or of what it was before it was passed on; the 404 when there is none."""
        if response.status_code != 404:
            return response
        found = super().process_response(request, response)
        if found is response:
            found = self._as_it_was(request) or response
        return _on_this_host(request, found)

    def _as_it_was(self, request: HttpRequest) -> HttpResponseBase | None:
        rest = _ADDED.sub("", request.META.get("QUERY_STRING", "")).lstrip("&")
        bare = iri_to_uri(nfc(_SESSION.sub("", request.path))) + (f"?{rest}" if rest else "")
        if bare == request.get_full_path():
            return None
        kept = get_redirect(request, Redirect.normalise_path(bare))
        if kept is None or kept.link is None:
            return None
        return (HttpResponsePermanentRedirect if kept.is_permanent else HttpResponseRedirect)(kept.link)


def _on_this_host(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A page of this site by its path: the reader stays on the host and port that were asked."""
    site, target = Site.find_for_request(request), urlsplit(response.get("Location", ""))
    if response.status_code in (301, 302) and site is not None and target.netloc and target.hostname == site.hostname:
        response["Location"] = target._replace(scheme="", netloc="").geturl() or "/"
    return response
