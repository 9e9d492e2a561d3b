"""The page's name as its visitors send it back: signed, so that nobody invents pages.

``<site>.<mac>.<path>`` with a keyed BLAKE2b over site and path. Pages are kept as bytes and shared by
everyone, so the token is the same for all readers and says nothing about them.
"""

from __future__ import annotations

import hashlib
import hmac
import re

LONGEST_PATH = 300
MAC_HEX = 20
MASK = "…"
_SITE = re.compile(r"[0-9]{1,9}", re.ASCII)
# A key in an address opens what it names; such a part is never written down.
_KEYS = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|(?=[^/]*[0-9])[0-9A-Za-z_-]{24,}(?<!-)")
_SLUG = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)+")


def key_from(secret: str) -> bytes:
    """The key of tokens, made from the installation's secret."""
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"kheo-visits").digest()


def make(key: bytes, site: int, path: str) -> str:
    """The token of a page."""
    path = path[:LONGEST_PATH]
    return f"{site}.{_mac(key, site, path)}.{path}"


def read(key: bytes, token: str) -> tuple[int, str] | None:
    """Site and path, or None when the token is not ours."""
    site, _dot, rest = token.partition(".")
    mac, _dot, path = rest.partition(".")
    if not _SITE.fullmatch(site) or not path or len(path) > LONGEST_PATH:
        return None
    good = _mac(key, int(site), path)
    return (int(site), path) if hmac.compare_digest(mac.encode(), good.encode()) else None


def _mac(key: bytes, site: int, path: str) -> str:
    return hashlib.blake2b(f"{site} {path}".encode(), key=key, digest_size=MAC_HEX // 2).hexdigest()


def mask(path: str, secrets: tuple[str, ...] = ()) -> str:
    """The path with every part that may be a key replaced by ``…``.

    `secrets` are parts known to be keys; long parts that look random are masked too.
    """
    parts = [MASK if part and (part in secrets or _looks_like_key(part)) else part for part in path.split("/")]
    return "/".join(parts)


def _looks_like_key(part: str) -> bool:
    return _KEYS.fullmatch(part) is not None and (_SLUG.fullmatch(part) is None or (len(part) == 36 and part.count("-") == 4))
