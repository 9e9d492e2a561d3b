"""Chromium driven against a live server with the cast and one practice in every state."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

from kheo.commendations.models import Form
from kheo.practices.rules import State
from tests import cast as cast_module
from tests.conftest import load_reference_rows

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "tests" / "browser" / "screenshots"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
    # Other hosts do not exist; intercepting each request would switch off the browser's store of static files.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]  # fmt: skip


def pytest_collection_modifyitems(items) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser" in str(item.fspath):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session: Debian's."""
    import os

    # Playwright's own event loop makes Django think it runs in async code; these tests do not.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def site(transactional_db, live_server):
    """The cast, a practice in each state, and the address of the server."""
    if not Form.objects.exists():  # an earlier test of this kind emptied the tables
        load_reference_rows()
    cast = cast_module.assemble()
    cast.extra["practices"] = {
        state.value: cast_module.practice(cast, title=f"Tuyến đường hoa phụ nữ tự quản số {n}", state=state.value)
        for n, state in enumerate(State, start=1)
    }
    cast.extra["url"] = live_server.url
    return cast


class Visit:
    """`visit(address, user=None, width=1280)` opens a page; each person keeps one browser context."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.contexts: dict[object, BrowserContext] = {}
        self.strangers: list[str] = []
        self.complaints: list[str] = []

    def __call__(self, address: str, *, user=None, width: int = 1280) -> Page:
        page = self.open(user, width)
        answer = self.go(page, address)
        assert answer.status == 200, (address, answer.status)
        return page

    def open(self, user=None, width: int = 1280) -> Page:
        """An empty page in the person's context, watched for errors and for requests to other hosts."""
        page = self.context(user).new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.on("request", self._look)
        page.on("console", lambda m: self.complaints.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda e: self.complaints.append(f"{page.url}: {e}"))
        return page

    def go(self, page: Page, address: str) -> Response:
        """The answer to the address, shown in the page."""
        answer = page.goto(self.url + address)
        assert answer is not None
        return answer

    def context(self, user) -> BrowserContext:
        """The person's own context, signed in at its first use."""
        key = user and user.pk
        if key not in self.contexts:
            made = self.contexts[key] = self.browser.new_context(locale="vi-VN")
            if user is not None:
                made.add_cookies([{"name": "sessionid", "value": session_of(user), "url": self.url}])
        return self.contexts[key]

    def close(self) -> None:
        """Close every context."""
        for context in self.contexts.values():
            context.close()

    def _look(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.strangers.append(request.url)


@pytest.fixture
def visit(browser, site, live_server) -> Iterator[Visit]:
    """Opens pages; errors in the console and requests to other hosts fail the test."""
    visitor = Visit(browser, live_server.url)
    yield visitor
    visitor.close()
    assert visitor.strangers == []
    assert visitor.complaints == []


def session_of(user) -> str:
    """A signed-in session made directly in the database."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
