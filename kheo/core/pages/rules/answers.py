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
    kept = [(name.lower(), value) for name, value in headers if name.lower() not in REPLACED]
    control = next((value for name, value in headers if name.lower() == "cache-control" and "max-age" in value), "no-cache")
    return [*kept, ("cache-control", control), ("vary", varies(headers))]


def varies(headers: Headers) -> str:
    """What a cache between us and the reader must tell apart. Language stands in the address."""
    given = [part.strip() for name, value in headers if name.lower() == "vary" for part in value.split(",")]
    named = {part.lower(): part for part in given if part}
    named.pop("accept-language", None)
    named.setdefault("accept-encoding", "Accept-Encoding")
    return ", ".join(named.values())


SAFE_PATH = re.compile(r"(?:/[A-Za-z0-9~-][A-Za-z0-9._~-]{0,150})*/")
SERVED_ELSEWHERE = frozenset({
    "content-type", "content-language", "content-security-policy", "cross-origin-opener-policy", "referrer-policy",
    "strict-transport-security", "vary", "cache-control", "x-content-type-options", "x-frame-options",
})  # fmt: skip
"""The headers that the site file of nginx sends with every page it serves from the store."""


def plain(path: str, query: str, headers: Headers) -> bool:
    """Whether a web server in front may serve the file by itself: an ordinary page at an ordinary address."""
    found = dict(headers)
    return (
        not query
        and SAFE_PATH.fullmatch(path) is not None
        and found.get("content-type") == "text/html; charset=utf-8"
        and found.keys() <= SERVED_ELSEWHERE
        and found["cache-control"] == "no-cache"
        and found["vary"] == "Accept-Encoding"
    )
