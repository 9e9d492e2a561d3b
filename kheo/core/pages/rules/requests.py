"""Which page a request asks for, in the one spelling it is kept under, or that it is not kept at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

ENCODINGS = ("br", "gzip", "")
"""Best first; "" is the page as it is."""
LONGEST_PATH, LONGEST_QUERY, MOST_PARAMETERS, TOO_LONG = 700, 600, 12, 8192
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?")
# What advertising and sharing hang onto an address; no page of ours reads any of it.
TRACKING = re.compile(r"utm_\w+|[fg]clid|dclid|gbraid|wbraid|msclkid|zarsrc|zanpid|mc_[ce]id|igshid|_gl|_ga|ref_src|ttclid|yclid")
VALUE = re.compile(r"[\w.,:-]{0,60}")
NUMBERED = frozenset({"page", "trang"})
# The only things Django hears of a request for a public page: the answer can depend on nothing else.
HEARD = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_USER_AGENT")


class Question(NamedTuple):
    """One page: host with port, path, and its query in canonical spelling."""

    host: str
    path: str
    query: str


@dataclass(frozen=True)
class Terms:
    """What the installation keeps.

    `hosts(name)`: is the host (without its port) one of ours. `ports`: ports a Host header may name.
    `never`: beginnings of paths that are never kept. `languages`: path prefixes of other languages.
    `parameters`: path → the parameters its page reads; a path ending in `*` stands for all below it.
    `personal`: cookies that make a request somebody's own. `secure`: pages exist below https only.
    """

    hosts: Callable[[str], bool]
    ports: Collection[str] = ()
    never: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    parameters: Mapping[str, Collection[str]] = field(default_factory=dict)
    personal: Collection[str] = ()
    secure: bool = False


def question(environ: Mapping[str, Any], terms: Terms) -> Question | None:
    """The page a GET or HEAD asks for; None when it must be answered by Django alone."""
    if "HTTP_AUTHORIZATION" in environ or "HTTP_HX_REQUEST" in environ or is_personal(environ.get("HTTP_COOKIE", ""), terms.personal):
        return None
    if terms.secure and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
        return None
    host = known_host(environ.get("HTTP_HOST", ""), terms)
    path = kept_path(environ.get("PATH_INFO", ""), terms)
    if host is None or path is None or environ.get("SCRIPT_NAME"):
        return None
    query = canonical_query(path, environ.get("QUERY_STRING", ""), terms)
    return None if query is None else Question(host, path, query)


def is_personal(cookies: str, personal: Collection[str]) -> bool:
    """True when one of the cookies says who is asking."""
    return bool(cookies) and any(pair.partition("=")[0].strip() in personal for pair in cookies.split(";"))


def known_host(given: str, terms: Terms) -> str | None:
    """The Host header in lower case when the name and the port are ours.

    A port that nobody listens on would make a second copy of the site, with wrong addresses in it.
    """
    host = given.lower()
    found = HOST.fullmatch(host)
    if found is None or len(host) > 200:
        return None
    port = found.group(1)
    if port and port not in terms.ports:
        return None
    return host if terms.hosts(host.removesuffix(f":{port}") if port else host) else None


def kept_path(path: str, terms: Terms) -> str | None:
    """The path when pages of it may be kept. WSGI gives it as bytes in latin-1."""
    bare = without_language(path, terms)
    if not path.startswith("/") or len(path) > LONGEST_PATH or "\0" in path or bare.startswith(terms.never):
        return None
    return path


def without_language(path: str, terms: Terms) -> str:
    """The path as it is in Vietnamese."""
    for prefix in terms.languages:
        if path.startswith(prefix):
            return path[len(prefix) - 1 :]
    return path


def canonical_query(path: str, query: str, terms: Terms) -> str | None:
    """The query without tracking, sorted; None when the page is not kept for it.

    Where the parameters of an address are declared, others are dropped, for its page does not read
    them. Where nothing is declared, any parameter but tracking goes to Django.
    """
    if not query:
        return ""
    if len(query) > LONGEST_QUERY:
        return None
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS, errors="strict")
    except ValueError:
        return None
    pairs = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    declared = _declared(without_language(path, terms), terms)
    if declared is None:
        return "" if not pairs else None
    kept = sorted((name, value) for name, value in pairs if name in declared)
    return urlencode(kept) if all(_storable(name, value) for name, value in kept) else None


def _storable(name: str, value: str) -> bool:
    if name in NUMBERED:
        return not value or (value.isascii() and value.isdigit() and len(value) <= 4)
    return VALUE.fullmatch(value) is not None


def _declared(path: str, terms: Terms) -> Collection[str] | None:
    found = terms.parameters.get(path)
    if found is not None:
        return found
    for pattern, names in terms.parameters.items():
        if pattern.endswith("*") and path.startswith(pattern[:-1]) and path != pattern[:-1]:
            return names
    return None


@lru_cache(maxsize=512)
def best_encoding(accepted: str) -> str:
    """The encoding to answer with for an Accept-Encoding header; junk means none.

    A weight of 0 refuses; of equal weights the smaller answer wins.
    """
    if len(accepted) > 300:
        return ""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    anything = weights.get("*", 0.0)
    offered = [(weights.get(name, anything), name) for name in ("br", "gzip")]
    best = max(offered, key=lambda pair: pair[0])  # the first of equals: br
    return best[1] if best[0] > 0 and best[0] >= weights.get("identity", 0.0) else ""


def _weight(parameter: str) -> float:
    if not parameter.strip():
        return 1.0
    found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameter)
    return float(found.group(1)) if found else 0.0


def matches(header: str, etag: str) -> bool:
    """If-None-Match: does the reader hold this very page?"""
    return header.strip() == "*" or any(part.strip().removeprefix("W/") == etag for part in header.split(","))
