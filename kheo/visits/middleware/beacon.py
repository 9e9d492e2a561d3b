"""The beacon: a bare WSGI layer in front of everything that counts hits and knows nothing else.

    POST /truy-cap/ghi?p=<token>&r=<referring host>      from the script, answers 204
    GET  /truy-cap/ghi.gif?p=<token>                     the picture for readers without scripts

A hit is answered only after it is written down; a full disk is 503 and never a silent yes. The
network address and the user agent are looked at in memory and written nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from kheo.visits.middleware.limits import Limits
from kheo.visits.middleware.salts import Salts, visitor
from kheo.visits.middleware.segments import WITHIN, Segments
from kheo.visits.rules import agents, lines, logs, tokens

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

ADDRESS, PICTURE = "/truy-cap/ghi", "/truy-cap/ghi.gif"
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")
LONGEST_QUERY = 3000
LOCAL = {"127.0.0.1", "::1", ""}
_NOT_STORED = ("Cache-Control", "no-store, max-age=0")
_EMPTY = [_NOT_STORED]
_PICTURE = [("Content-Type", "image/gif"), ("Content-Length", str(len(GIF))), _NOT_STORED]
_FAST = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


class Beacon:
    """Takes hits at its two addresses and hands everything else on."""

    def __init__(
        self, application: Application, *, folder: Path, secret: str, session_cookie: str = "sessionid",
        clock: Callable[[], float] = time.time, within: float = WITHIN,
    ) -> None:
        self.application = application
        self.segments = Segments(folder / "segments", within)
        self.salts = Salts(folder / "salts")
        self.limits = Limits()
        self.clock = clock
        self._key = tokens.key_from(secret)
        self._private = secrets.token_bytes(32)
        self._staff = session_cookie + "="
        self._over: Counter[int] = Counter()
        self._over_lock = threading.Lock()
        self._hour: tuple[int, bytes] = (0, b"")
        self._understood = lru_cache(maxsize=32_768)(self._understand)
        self._facts = lru_cache(maxsize=32_768)(lines.facts)
        agents.warm()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Count at our addresses; otherwise the next layer answers."""
        path = environ.get("PATH_INFO", "")
        if path != ADDRESS and path != PICTURE:
            return self.application(environ, start_response)
        picture, method = path == PICTURE, environ["REQUEST_METHOD"]
        if method != "POST" and not (picture and method == "GET"):
            start_response("405 Method Not Allowed", [("Allow", "GET" if picture else "POST"), _NOT_STORED])
            return []
        status = self._take(environ, picture)
        if picture and status == "204 No Content":
            start_response("200 OK", _PICTURE)
            return [GIF]
        start_response(status, _EMPTY if status.startswith("204") else [*_EMPTY, ("Content-Length", "0")])
        return []

    def _take(self, environ: Environ, picture: bool) -> str:
        now = self.clock()
        site, path, referrer, scripted = self._understood(environ.get("QUERY_STRING", ""), environ.get("HTTP_HOST", ""))
        agent = environ.get("HTTP_USER_AGENT", "")[: agents.LONGEST]
        kind = self._kind(environ, agent, site, picture and not scripted)
        address = _address(environ)
        hour = self._hour_of(now)
        try:
            who = self._visitor(environ, kind, hour, site, address, agent)
            if not self.limits.allow(who or self._passing(address, agent), now):
                with self._over_lock:
                    self._over[max(site, 0)] += 1
                return "429 Too Many Requests"
            facts = self._facts(max(site, 0), kind, agents.device(agent), referrer, path)
            self.segments.append(self._over_lines(hour, int(now)) + lines.write(hour, facts, who or lines.NOBODY, int(now)))
        except OSError:
            return "503 Service Unavailable"
        return "204 No Content" if kind != lines.FORGED else "400 Bad Request"

    def _kind(self, environ: Environ, agent: str, site: int, without_script: bool) -> str:
        sort = agents.kind(agent)
        if site < 0 or environ.get("HTTP_SEC_FETCH_SITE") == "cross-site":
            return lines.FORGED
        if sort != "person":
            return lines.MONITOR if sort == "monitor" else lines.ROBOT
        for name in _FAST:
            if name in environ and "pre" in environ[name].lower():
                return lines.PREFETCH
        if self._staff in environ.get("HTTP_COOKIE", ""):
            return lines.STAFF
        return lines.NO_SCRIPT if without_script else lines.HUMAN

    def _visitor(self, environ: Environ, kind: str, hour: bytes, site: int, address: str, agent: str) -> bytes:
        """The day's hash of a person; empty for everyone else and for who asks not to be followed."""
        if kind != lines.HUMAN or environ.get("HTTP_SEC_GPC") == "1" or environ.get("HTTP_DNT") == "1":
            return b""
        return visitor(self.salts.of(hour[:8]), site, address, agent)

    def _passing(self, address: str, agent: str) -> bytes:
        """Who to limit when there is no visitor: forgotten with the process, never written."""
        return hashlib.blake2b(f"{address}|{agent}".encode("utf-8", "replace"), key=self._private, digest_size=8).digest()

    def _understand(self, query: str, host: str) -> tuple[int, str, str, bool]:
        """Site, path, referring host, "sent by the script". Site -1 when the token is not ours."""
        found = parse_qs(query[:LONGEST_QUERY])
        read = tokens.read(self._key, found.get("p", [""])[0])
        if read is None:
            return -1, "/", "-", False
        own = frozenset({host.split(":")[0].lower().removeprefix("www.")})
        return read[0], read[1], logs.host_of(found.get("r", [""])[0][:200], own), found.get("j", [""])[0] == "1"

    def _hour_of(self, now: float) -> bytes:
        number, text = self._hour
        if int(now) // 3600 != number:
            text = lines.hour_of(now)
            self._hour = (int(now) // 3600, text)
        return text

    def _over_lines(self, hour: bytes, second: int) -> bytes:
        """Refused hits since the last line, as one line per site."""
        if not self._over:
            return b""
        with self._over_lock:
            over, self._over = self._over, Counter()
        return b"".join(
            lines.write(hour, lines.facts(site, lines.LIMITED, "-", "-", str(count)), lines.NOBODY, second)
            for site, count in over.items()
        )


def _address(environ: Environ) -> str:
    """The reader's address; behind our own web server the one that it saw (its last entry)."""
    direct = str(environ.get("REMOTE_ADDR", ""))
    if direct in LOCAL:
        return str(environ.get("HTTP_X_FORWARDED_FOR", direct)).rsplit(",", 1)[-1].strip()
    return direct


def layer(application: Application) -> Beacon:
    """The beacon of this installation around the next application."""
    return Beacon(
        application, folder=Path(settings.KHEO_HOME) / "visits", secret=settings.SECRET_KEY,
        session_cookie=settings.SESSION_COOKIE_NAME, within=settings.KHEO_VISITS_SYNC_MS / 1000,
    )
