"""The outermost WSGI layer: answers public pages from bytes before Django begins to work.

What it keeps it asked for itself: Django hears a request with no cookie, no language, no range and no
header that could colour the answer, so one reader's request can never become another reader's page.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from kheo.core.pages.disk import Disk, Epoch, Kept, kept
from kheo.core.pages.ledger import Ledger
from kheo.core.pages.rules import answers, requests
from kheo.core.pages.rules.requests import Question, Terms

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

WAIT_FOR_COMMIT, WAIT_FOR_OTHER = 0.25, 10.0
"""Seconds a reader waits while somebody commits, and while another thread renders the same page."""
MOST_SPELLINGS = 20_000
BESIDE = 1_500
"""Bytes a page in memory takes beside its body: headers, key, and one spelling of its address."""
UNCHANGED = {"etag", "cache-control", "vary", "content-location", "date", "expires"}


@dataclass(slots=True)
class Answer:
    """One page in one encoding, ready to be sent."""

    generation: int
    until: float
    headers: answers.Headers
    body: bytes
    etag: str


class PageStore:
    """The layer around Django. `clock` answers the local day and the instant it ends."""

    def __init__(self, application: Application, ledger: Ledger, terms: Terms, disk: Disk, zone: str, most_bytes: int = 64 << 20) -> None:
        self.application, self.ledger, self.terms, self.disk = application, ledger, terms, disk
        self.zone, self.most_bytes = ZoneInfo(zone), most_bytes
        self._answers: dict[tuple[Question, str], Answer] = {}
        # How requests were spelt → what they ask for. Only spellings that passed every rule stand here.
        self._spelt: dict[tuple[str, str, str, str], tuple[Question, str]] = {}
        self._bytes = self._newest = 0
        self._lock = threading.Lock()
        self._rendering: dict[Question, threading.Event] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the store, or render and keep, or pass on."""
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            return self.application(environ, start_response)
        if (
            "HTTP_COOKIE" not in environ
            and "HTTP_HX_REQUEST" not in environ
            and "HTTP_AUTHORIZATION" not in environ
            and (not self.terms.secure or environ.get("HTTP_X_FORWARDED_PROTO") == "https")
        ):
            known = self._spelt.get((
                environ.get("HTTP_HOST", ""), environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT_ENCODING", ""),
            ))  # fmt: skip
            if known is not None:
                answer = self._answers.get(known)
                if answer is not None and answer.generation == self.ledger.generation() and time.time() < answer.until:
                    return send(answer, environ, start_response)
        return self._answer(environ, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if len(environ.get("QUERY_STRING", "")) > requests.TOO_LONG:
            return refuse(start_response)
        asked = requests.question(environ, self.terms)
        if asked is None:
            return self.application(environ, start_response)
        encoding = requests.best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        self._remember_spelling(environ, asked, encoding)
        generation = self.ledger.wait(WAIT_FOR_COMMIT)
        found = self._find(asked, encoding, generation)
        if found is not None:
            return send(found, environ, start_response)
        first, done = self._claim(asked)
        if not first:
            done.wait(WAIT_FOR_OTHER)
            found = self._find(asked, encoding, self.ledger.generation())
            if found is not None:
                return send(found, environ, start_response)
        try:
            return self._render(asked, encoding, environ, start_response)
        finally:
            if first:
                with self._lock:
                    self._rendering.pop(asked, None)
                done.set()

    def _claim(self, asked: Question) -> tuple[bool, threading.Event]:
        """Of several threads that want one page only the first renders it."""
        with self._lock:
            other = self._rendering.get(asked)
            if other is not None:
                return False, other
            mine = self._rendering[asked] = threading.Event()
            return True, mine

    def _find(self, asked: Question, encoding: str, generation: int | None) -> Answer | None:
        """The page from memory or disk, when it belongs to the living generation and to today."""
        if generation is None:
            return None
        answer = self._answers.get((asked, encoding))
        if answer is not None and answer.generation == generation and time.time() < answer.until:
            return answer
        day, until = self.today()
        page = self.disk.read(Epoch(generation, day), asked, encoding)
        return None if page is None else self._hold(asked, encoding, generation, until, page)

    def _render(self, asked: Question, encoding: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # Read before rendering: a page that saw older rows is kept under a generation nobody asks for.
        generation = self.ledger.generation()
        day, until = self.today()
        told: list[Any] = []
        result = self.application(plain_question(environ, asked), lambda *given: told.__setitem__(slice(None), given[:2]))
        pieces = iter(result)
        opening = next(pieces, b"")  # an application may speak only when it is first asked for a piece
        status, headers = told
        if not answers.may_keep(status, headers):
            return pass_on(result, opening, pieces, environ, start_response, told)
        body = opening + b"".join(up_to(answers.LARGEST - len(opening), pieces))
        if len(body) > answers.LARGEST:
            return pass_on(result, body, pieces, environ, start_response, told)
        close(result)
        page = kept(headers, body)
        if generation is None:  # somebody was committing all the while: send, do not keep
            return send(ready(page, encoding, 0, 0.0), environ, start_response)
        if self.ledger.generation() == generation:
            self.disk.write(Epoch(generation, day), asked, page)
        return send(self._hold(asked, encoding, generation, until, page), environ, start_response)

    def _hold(self, asked: Question, encoding: str, generation: int, until: float, page: Kept) -> Answer:
        """Put a page into memory; the oldest leave when there is no room."""
        answer = ready(page, encoding, generation, until)
        with self._lock:
            if generation > self._newest:
                self._answers.clear()
                self._bytes, self._newest = 0, generation
            before = self._answers.pop((asked, encoding), None)
            self._bytes += _room(answer) - (_room(before) if before else 0)
            self._answers[asked, encoding] = answer
            while self._bytes > self.most_bytes and len(self._answers) > 1:
                self._bytes -= _room(self._answers.pop(next(iter(self._answers))))
        return answer

    def _remember_spelling(self, environ: Environ, asked: Question, encoding: str) -> None:
        spelt = (environ.get("HTTP_HOST", ""), environ["PATH_INFO"], environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT_ENCODING", ""))
        if sum(map(len, spelt)) < 1000:
            with self._lock:
                if len(self._spelt) >= MOST_SPELLINGS:
                    self._spelt.clear()
                self._spelt[spelt] = (asked, encoding)

    def today(self) -> tuple[str, float]:
        """The local day and the instant (seconds since 1970) at which it ends."""
        now = datetime.fromtimestamp(time.time(), self.zone)
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return now.strftime("%Y-%m-%d"), midnight.timestamp()


def _room(answer: Answer) -> int:
    return len(answer.body) + BESIDE


def ready(page: Kept, encoding: str, generation: int, until: float) -> Answer:
    """A kept page in one encoding with all its headers."""
    body = page.bodies[encoding]
    etag = f'"{page.tag}-{encoding}"' if encoding else f'"{page.tag}"'
    headers = [*(_shared(*pair) for pair in page.headers), ("etag", etag), ("content-length", str(len(body)))]
    if encoding:
        headers.append(("content-encoding", encoding))
    return Answer(generation, until, headers, body, etag)


@lru_cache(maxsize=256)
def _shared(name: str, value: str) -> tuple[str, str]:
    """One pair for all pages: ten thousand pages say the same ten things."""
    return name, value


def send(answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The page, its headers alone (HEAD), or 304 when the reader holds it already."""
    header = environ.get("HTTP_IF_NONE_MATCH")
    if header is not None and requests.matches(header, answer.etag):
        start_response("304 Not Modified", [pair for pair in answer.headers if pair[0] in UNCHANGED])
        return []
    start_response("200 OK", answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def plain_question(environ: Environ, asked: Question) -> Environ:
    """The request as Django hears it: the page in its canonical spelling, and nothing about the reader."""
    heard = {name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in requests.HEARD}
    heard |= {"REQUEST_METHOD": "GET", "QUERY_STRING": asked.query, "HTTP_HOST": asked.host}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        heard.pop(name, None)
    return heard


def pass_on(
    result: Iterable[bytes], opening: bytes, pieces: Iterable[bytes], environ: Environ, start_response: StartResponse, told: list[Any]
) -> Iterable[bytes]:
    """Send an answer that is not kept, as it comes."""
    start_response(*told)
    if environ["REQUEST_METHOD"] == "HEAD":
        close(result)
        return []
    return Rest(result, opening, pieces)


def up_to(size: int, pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Pieces until they are longer than `size` bytes."""
    for piece in pieces if size >= 0 else ():
        yield piece
        size -= len(piece)
        if size < 0:
            return


class Rest:
    """The rest of an answer, closed when the server closes it."""

    def __init__(self, result: Iterable[bytes], opening: bytes, pieces: Iterable[bytes]) -> None:
        self.result, self.opening, self.pieces = result, opening, pieces

    def __iter__(self) -> Any:
        yield self.opening
        yield from self.pieces

    def close(self) -> None:
        """Tell the application that its answer was sent."""
        close(self.result)


def close(result: Iterable[bytes]) -> None:
    """WSGI asks that an answer be closed when it can be."""
    ending = getattr(result, "close", None)
    if ending is not None:
        ending()


def refuse(start_response: StartResponse) -> Iterable[bytes]:
    """An address longer than any of ours."""
    body = "Địa chỉ quá dài. / This address is too long.".encode()
    start_response("414 URI Too Long", [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(body)))])
    return [body]
