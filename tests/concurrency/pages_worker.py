"""A web worker or a writer for test_kill_pages: the real store over the test database.

Arguments: name of the test database, then nothing (a worker: "address<TAB>words" in, "status there asked"
out, `asked` being how often Django was asked so far) or the name to write into the site's identity
before it kills itself between COMMIT and the new generation.
"""

from __future__ import annotations

import io
import os
import signal
import sys

import django
from django.conf import settings


def main() -> None:
    """Work until the other end closes the line, or write and die."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    if len(sys.argv) > 2:
        write_and_die(sys.argv[2])
    from django.core.handlers.wsgi import WSGIHandler

    from kheo.config import pages

    handler, asked = WSGIHandler(), []

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return handler(environ, start_response)

    store = pages.store(application)
    for line in sys.stdin:
        address, words = line.rstrip("\n").split("\t")
        status, body = ask(store, address)
        print(status, int(words in body), len(asked), flush=True)


def ask(application, path: str) -> tuple[str, str]:
    """One stranger's GET: the status and the words of the page."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    result = application(environ, lambda status, _headers, *_more: told.append(status.split()[0]))
    body = b"".join(result).decode()
    getattr(result, "close", lambda: None)()
    return told[-1], body


def write_and_die(name: str) -> None:
    """COMMIT a new name, and die by SIGKILL before the generation moves on."""
    from kheo.core.pages.ledger import Ledger
    from kheo.portal.models import SiteIdentity

    Ledger._move = lambda _ledger: os.kill(os.getpid(), signal.SIGKILL)
    SiteIdentity.objects.update(name=name)


if __name__ == "__main__":
    main()
