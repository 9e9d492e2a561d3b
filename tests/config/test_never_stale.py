"""Every public address after every kind of change: what the store answers is what Django answers now."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from kheo.commendations.models import Form
from kheo.config import checkup
from kheo.core.pages import ledger
from kheo.news.actions import mark_ended, publish_due
from kheo.news.models import ArticlePage
from kheo.portal.models import SectionPage
from kheo.portal.queries import sites
from kheo.practices.actions import approve
from kheo.practices.actions import draft as drafts
from kheo.practices.models import Practice
from kheo.practices.policy import KeyHolder
from kheo.practices.rules import EDITABLE_STATES, PUBLIC_STATES
from tests.architecture.rooms import collect
from tests.cast import practice
from tests.config.serving import Site
from tests.conftest import load_reference_rows

pytestmark = pytest.mark.django_db(transaction=True)
MORE = ("/", "/en/", "/mo-hinh/", "/en/mo-hinh/", "/sitemap.xml", "/rss.xml", "/robots.txt", "/khen-thuong/", "/bao-cao/", "/du-lieu-mo/don-vi/", "/so-do-trang/")
Answer = tuple[str, dict[str, str], bytes]


def ask(application: Any, address: str) -> Answer:
    """One stranger's GET."""
    path, _mark, query = address.partition("?")
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    result = application(environ, lambda status, headers, *_more: told.append((status, dict(headers))))
    body = b"".join(result)
    getattr(result, "close", lambda: None)()
    return told[-1][0], told[-1][1], body


@pytest.fixture(autouse=True)
def _reference(transactional_db) -> None:
    if not Form.objects.exists():  # an earlier test of this kind emptied the tables
        load_reference_rows()


@pytest.fixture
def site(cast, monkeypatch) -> Site:
    """The store over Django in this process; the connection stays open between requests."""
    monkeypatch.setattr("tests.config.serving.connections.close_all", lambda: None)
    return Site()


@pytest.fixture
def addresses(site, cast) -> list[str]:
    found = [address for who, address in collect("pages", cast).values() if who is None]
    return list(dict.fromkeys([*MORE, *found]))


def section(slug: str) -> SectionPage:
    """A published section page below the home page."""
    page = SectionPage(title=slug, slug=slug, lead=f"Nội dung {slug}", live=True)
    sites.default_site().root_page.add_child(instance=page)
    return page


def check(site: Site, addresses: list[str], kept: dict[str, bytes]) -> set[str]:
    """Ask for all; the addresses whose page changed. What was answered without Django must be what it says now."""
    changed = set()
    for address in addresses:
        before = len(site.asked)
        status, _headers, body = ask(site, address)
        if len(site.asked) == before:
            assert ask(site.django, address)[2] == body, f"stale: {address}"
        assert ask(site, address)[:1] == (status,)
        if body != kept.get(address):
            changed.add(address)
        kept[address] = body
    return changed


class Changes:
    """What an editor, the clock and an officer do, one after another; each says which pages it shows on."""

    def __init__(self, cast: Any) -> None:
        self.officer = cast.officer
        self.article = ArticlePage.objects.live().first()
        self.path = f"/tin-tuc/{self.article.slug}/"
        self.waiting = practice(cast, title="Mô hình chờ vào danh sách", state="submitted")
        self.outer, self.inner = section("muc-ngoai"), section("muc-trong")
        self.own = {self.path, "/muc-ngoai/", "/muc-trong/", "/muc-ngoai/muc-trong/", "/", "/tin-tuc/", "/rss.xml"}

    def fresh(self) -> Any:
        return ArticlePage.objects.get(pk=self.article.pk)

    def publish(self) -> set[str]:
        page = self.fresh()
        page.title = "Tên bài đã sửa lần hai"
        page.save_revision().publish()
        return {self.path, "/", "/tin-tuc/", "/rss.xml"}

    def restrict(self) -> set[str]:
        PageViewRestriction.objects.create(page=self.article, restriction_type=PageViewRestriction.LOGIN)
        return {self.path, "/", "/tin-tuc/", "/rss.xml"}

    def open_again(self) -> set[str]:
        PageViewRestriction.objects.all().delete()
        return {self.path, "/", "/tin-tuc/", "/rss.xml"}

    def move(self) -> set[str]:
        self.inner.move(self.outer, pos="last-child")
        return {"/muc-trong/", "/muc-ngoai/muc-trong/"}

    def expire(self) -> set[str]:
        ArticlePage.objects.filter(pk=self.article.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
        publish_due.publish_due()
        return {self.path, "/", "/tin-tuc/", "/rss.xml"}

    def publish_again(self) -> set[str]:
        page = self.fresh()
        page.expire_at = None
        page.save_revision().publish()
        return {self.path, "/", "/tin-tuc/", "/rss.xml"}

    def end(self) -> set[str]:
        ArticlePage.objects.filter(pk=self.article.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
        assert mark_ended.mark_ended() == 1
        return {self.path, "/tin-tuc/"}

    def unpublish(self) -> set[str]:
        self.fresh().unpublish()
        return {self.path, "/tin-tuc/"}

    def domain(self) -> set[str]:
        approve.approve(self.waiting, by=self.officer)
        return {"/mo-hinh/", "/en/mo-hinh/", "/sitemap.xml"}


def test_it_works(site, addresses, cast):
    changes = Changes(cast)
    everywhere = [*addresses, *sorted(changes.own - set(addresses))]
    assert len(everywhere) > 40
    kept: dict[str, bytes] = {}
    check(site, everywhere, kept)
    steps = [changes.publish, changes.restrict, changes.open_again, changes.move, changes.expire, changes.publish_again, changes.end, changes.unpublish, changes.domain]
    for number, act in enumerate(steps):
        shown = act()
        # The whole walk after the first and the last change keeps the suite quick; the pages concerned are read after each.
        asked = everywhere if number in {0, len(steps) - 1} else [address for address in everywhere if address in changes.own | shown]
        changed = check(site, asked, kept)
        assert shown <= changed, (act.__name__, shown - changed)
    assert ask(site, changes.path)[0].startswith("404")


def test_drafts_leave_every_page_where_it_is(site, cast, client):
    book = ledger.open_ledger(site.store.ledger.folder.parent)
    page = ArticlePage.objects.first() or _article()
    before = book.generation()
    page.title = "Tên đang viết dở"
    page.save_revision(user=cast.editor)
    assert book.generation() == before
    key = uuid4()
    written = drafts.save_draft(None, {"title": "Đang gõ"}, by=KeyHolder(key), cycle=cast.cycle, key=key)
    drafts.save_draft(written, {"title": "Đang gõ tiếp"}, by=KeyHolder(key))
    assert book.generation() == before
    assert not EDITABLE_STATES & PUBLIC_STATES
    page.save_revision(user=cast.editor).publish()
    assert book.generation() > before
    middle = book.generation()
    Practice.objects.filter(pk=written.pk).update(title="x")  # outside the verb everything counts
    assert book.generation() > middle


def _article() -> ArticlePage:
    from tests.news.conftest import article

    return article()


def test_the_doctor_looks_at_the_store(site, settings):
    ask(site, reverse("portal:privacy"))
    found = checkup.pages("Kho trang")
    assert (found.state, "1 trang" in found.words) == ("ok", True), found
    site.store.ledger.link.unlink()
    assert checkup.pages("Kho trang").state == "warning"
    assert connection.vendor  # the check needs no database of its own
