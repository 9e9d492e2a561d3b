"""Khéo's own WSGI layers over the test database, listening on a port, with what Django heard kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from kheo.config import pages


class Quiet(WSGIRequestHandler):
    """Keeps its log to itself."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: Any) -> None:
        """Nothing."""


class Threads(ThreadingMixIn, WSGIServer):
    """One thread for each connection."""

    daemon_threads = True


class Site:
    """The layers; `heard` counts what came through nginx, `asked` what came through to Django."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.django = WSGIHandler()
        self.store = pages.store(self._ask)
        self.during: Callable[[], None] = lambda: None

    def _ask(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.asked.append(environ)
        try:
            return self.django(environ, start_response)
        finally:
            connections.close_all()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """As a web server calls it."""
        self.heard.append(environ)
        return self.store(environ, start_response)


@contextmanager
def listening(application: Any) -> Iterator[int]:
    """The port it listens on."""
    server = make_server("127.0.0.1", 0, application, server_class=Threads, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
