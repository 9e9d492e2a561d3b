"""Hits without a network: a beacon in a folder of the test, and requests to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from kheo.core.rules.dates import VIETNAM
from kheo.visits.middleware.beacon import ADDRESS, PICTURE, Beacon
from kheo.visits.rules import tokens

AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/117.0 Chrome/111.0.0.0 Safari/537.36"
SECRET = "khoa-thu"


def at(text: str) -> float:
    """`2026-11-25 14:30` in Vietnam as a Unix second."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).timestamp()


class Clock:
    """A clock the test turns."""

    def __init__(self, text: str = "2026-11-25 14:30") -> None:
        self.now = at(text)

    def __call__(self) -> float:
        return self.now

    def turn(self, text: str) -> None:
        self.now = at(text)


def beacon(clock: Any = None, home: Path | None = None) -> Beacon:
    """A beacon that writes where the rooms's queries look."""

    def beyond(_environ, start_response):
        start_response("200 OK", [])
        return [b"beyond"]

    folder = (home or Path(settings.KHEO_HOME)) / "visits"
    return Beacon(beyond, folder=folder, secret=SECRET, clock=clock or Clock())


def token(path: str = "/tin-tuc/", site: int = 1) -> str:
    return tokens.make(tokens.key_from(SECRET), site, path)


def send(to: Beacon, path: str = "/tin-tuc/", *, address: str = "203.0.113.9", agent: str = AGENT, picture: bool = False,
         method: str = "", site: int = 1, query: dict[str, str] | None = None, **headers: str) -> str:
    """Send one hit; the status line."""
    answers: list[str] = []
    environ = {
        "REQUEST_METHOD": method or ("GET" if picture else "POST"), "PATH_INFO": PICTURE if picture else ADDRESS,
        "QUERY_STRING": urlencode({"p": token(path, site)} if query is None else query),
        "REMOTE_ADDR": address, "HTTP_USER_AGENT": agent, "HTTP_HOST": "bimson.example.vn", **headers,
    }
    to(environ, lambda status, _headers, *_rest: answers.append(status))
    return answers[0]
