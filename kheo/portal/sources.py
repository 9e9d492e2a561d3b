"""Asking other sites whether an address answers: several at once, within a bounded time, whatever they do."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable

import requests

TIMEOUT = (5, 8)  # seconds to reach another site, and to hear from it
MOST_TURNS = 5  # redirects from one to the next
AT_ONCE = 8
PATIENCE = 300.0  # seconds for all addresses together
AGENT = "Kheo link checker"
# A refusal to a program is no sign that people do not get through.
GUARDED = {401, 403, 405, 429, 999}
UNTRIED = "untried"
_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (requests.exceptions.SSLError, "certificate"), (requests.TooManyRedirects, "circle"), (requests.Timeout, "timeout"),
    (requests.exceptions.InvalidURL, "address"), (requests.exceptions.MissingSchema, "address"), (requests.exceptions.InvalidSchema, "address"),
)


def ask(address: str) -> str:
    """Empty when the site answers; else the status, or a code of portal.words.ANSWERS."""
    try:
        with requests.Session() as session:
            session.max_redirects, session.headers["User-Agent"] = MOST_TURNS, AGENT
            status = session.head(address, timeout=TIMEOUT, allow_redirects=True).status_code
            if status >= 400 and status not in GUARDED:  # some servers answer HEAD wrongly
                with session.get(address, timeout=TIMEOUT, stream=True) as answer:
                    status = answer.status_code
    except (requests.RequestException, ValueError) as error:
        return _fault(error)
    return "" if status < 400 or status in GUARDED else str(status)


def _fault(error: Exception) -> str:
    for kind, code in _FAULTS:
        if isinstance(error, kind):
            return code
    if isinstance(error, UnicodeError):  # a name that no host can have
        return "address"
    said = str(error)
    return "name" if "NameResolution" in said or "getaddrinfo" in said else "refused" if "refused" in said.lower() else "broken_off"


def ask_all(addresses: Iterable[str], *, patience: float = PATIENCE) -> dict[str, str]:
    """Answer of each address. What has not answered when the patience is over counts as "untried".

    The workers are daemons: a server that sends a byte now and then can hold one of them, never the walk.
    """
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    answers: dict[str, str] = {}
    wanted = list(dict.fromkeys(addresses))
    for address in wanted:
        waiting.put(address)

    workers = [threading.Thread(target=_work, args=(waiting, answers), daemon=True) for _ in range(min(AT_ONCE, len(wanted)))]
    end = time.monotonic() + patience
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(max(0.0, end - time.monotonic()))
    while _next(waiting) is not None:  # nobody asks any more
        pass
    known = dict(answers)
    return {address: known.get(address, UNTRIED) for address in wanted}


def _work(waiting: queue.SimpleQueue[str], answers: dict[str, str]) -> None:
    while (address := _next(waiting)) is not None:
        answers[address] = ask(address)


def _next(waiting: queue.SimpleQueue[str]) -> str | None:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return None
