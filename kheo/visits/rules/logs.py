"""Lines of an nginx or Apache log in the "combined" form, and which of them are page views."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

_LINE = re.compile(
    rb'(\S+) \S+ [^\[]*\[(\d\d/[A-Z][a-z]{2}/\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})\] '
    rb'"([A-Z]+) (\S+)[^"]*" (\d{3}) \S+(?: "([^"\\]*(?:\\.[^"\\]*)*)" "([^"\\]*(?:\\.[^"\\]*)*)")?'
)
_MONTHS = {name: n for n, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}
_PAGE_ENDS = {"", "html", "htm", "php", "aspx", "asp", "jsp", "shtml"}
_NOT_PAGES = ("/static/", "/media/", "/api/", "/quan-tri/", "/ban-lam-viec/", "/tai-khoan/", "/truy-cap/ghi", "/healthz", "/readyz", "/wp-admin", "/wp-login")

match = _LINE.match
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){3,7}")
_SHOWN = 80


def complete(line: bytes) -> bool:
    """True for a line that has everything up to the user agent's closing quote."""
    found = match(line)
    return found is not None and found.group(11) is not None


def masked(line: bytes) -> str:
    """The beginning of a line for an error message, network addresses left out."""
    text = "".join(ch if ch.isprintable() else "�" for ch in line[:400].decode("utf-8", "replace"))
    text = _ADDRESS.sub("x.x.x.x", text).strip()
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


@lru_cache(maxsize=4096)
def midnight(day: bytes, zone: bytes) -> int:
    """Unix second at which `25/Nov/2026` begins in the log's own zone (`+0700`). ValueError if no such day."""
    from datetime import UTC, datetime

    number, month, year = day.split(b"/")
    start = datetime(int(year), _MONTHS[month], int(number), tzinfo=UTC)
    offset = (int(zone[1:3]) * 60 + int(zone[3:5])) * 60
    return int(start.timestamp()) - (offset if zone[:1] == b"+" else -offset)


@lru_cache(maxsize=65_536)
def page(target: bytes) -> str:
    """The path when the request is for a page of people, else an empty text."""
    path = unquote(urlsplit(target.decode("utf-8", "replace")).path or "/")
    if not path.startswith("/") or path.startswith(_NOT_PAGES):
        return ""
    name = path.rsplit("/", 1)[-1]
    end = name.rsplit(".", 1)[1].lower() if "." in name else ""
    return path if end in _PAGE_ENDS else ""


@lru_cache(maxsize=65_536)
def referrer(value: bytes, own: frozenset[str]) -> str:
    """The other site's host name, ``.`` for a page of this site, ``-`` for none."""
    return host_of(value.decode("utf-8", "replace"), own)


_HOST = re.compile(r"(?=.{1,100}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?", re.ASCII)


def host_of(value: str, own: frozenset[str]) -> str:
    """As :func:`referrer`, from an address or a bare host name."""
    value = value.strip().lower()
    if not value or value == "-":
        return "-"
    try:
        host = (urlsplit(value).hostname or "") if "//" in value else value.split("/")[0].split(":")[0]
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError):
        return "-"
    host = host.removeprefix("www.").rstrip(".")
    if not _HOST.fullmatch(host):
        return "-"
    return "." if host in own else host
