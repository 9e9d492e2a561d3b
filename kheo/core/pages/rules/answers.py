"""Which answers of Django may be kept, and the headers a kept one is sent with."""

from __future__ import annotations

import re

TYPES = frozenset({
    "text/html", "text/plain", "application/xml", "text/xml", "application/rss+xml", "application/atom+xml",
})  # fmt: skip
REFUSING = frozenset({"no-store", "private", "no-cache", "max-age=0", "s-maxage=0"})
REPLACED = frozenset({
    "content-length", "content-encoding", "etag", "last-modified", "vary", "cache-control", "expires", "date",
    "server", "connection", "transfer-encoding", "accept-ranges", "age",
})  # fmt: skip
LARGEST = 2 << 20
"""Bytes of a page that is still kept; a longer one is sent on as it comes."""

Headers = list[tuple[str, str]]


def may_keep(status: str, headers: Headers) -> bool:
    """200, a public kind of text, no cookie, nothing that says it is meant for one reader or moment.

    JSON is kept only when its view says `Cache-Control: public`: most of ours is live.
    """
    if not status.startswith("200"):
        return False
    found = {name.lower(): value for name, value in headers}
    control = {part.strip().lower() for part in found.get("cache-control", "").split(",")}
    kind = found.get("content-type", "").partition(";")[0].strip().lower()
    if "set-cookie" in found or "content-encoding" in found or "content-range" in found or control & REFUSING:
        return False
    if "*" in found.get("vary", "") or found.get("content-disposition", "").startswith("attachment"):
        return False
    return kind in TYPES or (kind == "application/json" and "public" in control)


def kept_headers(headers: Headers) -> Headers:
    """The headers of a kept answer without those that belong to one encoding or one moment.

    Readers ask again each time (no-cache) and are answered 304: no reader holds an old page.
    """
    kept = [(name.lower(), _in_order(name.lower(), value)) for name, value in headers if name.lower() not in REPLACED]
    control = next((value for name, value in headers if name.lower() == "cache-control" and "max-age" in value), "no-cache")
    return [*kept, ("cache-control", control), ("vary", varies(headers))]


def _in_order(name: str, value: str) -> str:
    # django-csp writes its directives in another order in each process.
    return "; ".join(sorted(part.strip() for part in value.split(";"))) if name == "content-security-policy" else value


def varies(headers: Headers) -> str:
    """What a cache between us and the reader must tell apart. Language stands in the address."""
    given = [part.strip() for name, value in headers if name.lower() == "vary" for part in value.split(",")]
    named = {part.lower(): part for part in given if part}
    named.pop("accept-language", None)
    named.setdefault("accept-encoding", "Accept-Encoding")
    return ", ".join(named.values())


SAFE_PATH = re.compile(r"(?:/[A-Za-z0-9~-][A-Za-z0-9._~-]{0,150})*/")
SERVED_ELSEWHERE = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": (
        "base-uri 'self'; default-src 'self'; form-action 'self'; frame-ancestors 'self'; img-src 'self' data:; object-src 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
    "vary": "Accept-Encoding",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}
"""The headers that deploy/nginx/kheo-server.conf sends with every page it serves from the store.

A page whose own headers say anything else is never given to it. Content-Language follows the address.
"""


def plain(path: str, query: str, headers: Headers) -> bool:
    """Whether a web server in front may serve the file by itself: an ordinary page at an ordinary address."""
    found = dict(headers)
    language = found.pop("content-language", None)
    return (
        not query
        and SAFE_PATH.fullmatch(path) is not None
        and language == ("en" if path.startswith("/en/") else "vi")
        and (SERVED_ELSEWHERE | found) == SERVED_ELSEWHERE
        and SERVED_ELSEWHERE.keys() - found.keys() <= {"strict-transport-security"}
    )
