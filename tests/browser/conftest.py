"""Chromium driven against a live server with the cast and one practice in every state."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from kheo.practices.rules import State
from tests import cast as cast_module

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "tests" / "browser" / "screenshots"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
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
    cast = cast_module.assemble()
    cast.extra["practices"] = {
        state.value: cast_module.practice(cast, title=f"Tuyến đường hoa phụ nữ tự quản số {n}", state=state.value)
        for n, state in enumerate(State, start=1)
    }
    cast.extra["url"] = live_server.url
    return cast


@pytest.fixture
def visit(browser, site, live_server) -> Iterator:
    """`visit(address, user=None, width=1280)` opens a page; requests to other hosts fail the test."""
    opened: list[BrowserContext] = []
    strangers: list[str] = []
    complaints: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    def open_page(address: str, *, user=None, width: int = 1280) -> Page:
        context = browser.new_context(locale="vi-VN", viewport={"width": width, "height": 800})
        opened.append(context)
        context.route("**/*", guard)
        if user is not None:
            context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda m: complaints.append(f"{address}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda e: complaints.append(f"{address}: {e}"))
        answer = page.goto(live_server.url + address)
        assert answer is not None
        assert answer.status == 200, (address, answer.status)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert strangers == []
    assert complaints == []


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
