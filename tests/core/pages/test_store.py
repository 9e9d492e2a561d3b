"""The layer before Django, around a small application that counts how often it is asked."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

import brotli
import pytest
import time_machine

from kheo.core.pages.disk import Disk
from kheo.core.pages.ledger import Ledger
from kheo.core.pages.store import PageStore
from tests.core.pages.test_rules import TERMS

WORDS = "Dân vận khéo ở phường " * 40


class Site:
    """An application: what it answers can be changed, what it heard is kept."""

    def __init__(self):
        self.words, self.status, self.headers, self.heard, self.closed = WORDS, "200 OK", [], [], 0
        self.during = lambda: None

    def __call__(self, environ, start_response):
        self.heard.append(environ)
        words = self.words
        self.during()
        start_response(self.status, [("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "DENY"), *self.headers])
        return Closing(self, [words.encode()])


class Closing(list):
    def __init__(self, site, pieces):
        super().__init__(pieces)
        self.site = site

    def close(self):
        self.site.closed += 1


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "pages")


@pytest.fixture
def store(site, ledger):
    return made(site, ledger)


def made(site, ledger, **more):
    return PageStore(site, ledger, TERMS, Disk(ledger.folder, 1 << 20), "Asia/Ho_Chi_Minh", **more)


def get(store, path="/", query="", method="GET", **headers):
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http", "HTTP_HOST": "phuong.vn",
        "wsgi.input": io.BytesIO(), **headers,
    }  # fmt: skip
    told = []
    result = store(environ, lambda status, headers, *_: told.append((status, headers)))
    body = b"".join(result)
    if hasattr(result, "close"):
        result.close()
    (status, found) = told[0]
    return int(status.split()[0]), dict(found), body


def test_it_works(store, site):
    first, second = get(store), get(store)
    assert first == second
    assert first[0] == 200
    assert first[2] == WORDS.encode()
    assert first[1]["x-frame-options"] == "DENY"
    assert len(site.heard) == 1
    assert site.closed == 1


def test_another_worker_finds_it_on_disk(store, site, ledger):
    first = get(store, HTTP_ACCEPT_ENCODING="br")
    assert get(made(site, ledger), HTTP_ACCEPT_ENCODING="br") == first
    assert len(site.heard) == 1


@pytest.mark.parametrize(("accepted", "encoding", "opened"), [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)])
def test_compressed_once_with_its_own_tag(store, site, accepted, encoding, opened):
    plain, packed = get(store), get(store, HTTP_ACCEPT_ENCODING=accepted)
    assert packed[1]["content-encoding"] == encoding
    assert opened(packed[2]) == WORDS.encode()
    assert packed[1]["etag"] != plain[1]["etag"]
    assert int(packed[1]["content-length"]) == len(packed[2])
    assert packed[1]["vary"] == "Accept-Encoding"
    assert len(site.heard) == 1


def test_a_reader_who_has_it_is_told_so(store):
    etag = get(store)[1]["etag"]
    status, headers, body = get(store, HTTP_IF_NONE_MATCH=f'"old", {etag}')
    assert (status, body, headers["etag"]) == (304, b"", etag)
    assert "content-length" not in headers
    assert get(store, HTTP_IF_NONE_MATCH='"old"')[0] == 200


def test_head_is_get_without_the_body(store, site):
    head, whole = get(store, method="HEAD"), get(store)
    assert head[2] == b""
    assert head[:2] == whole[:2]
    assert site.heard[0]["REQUEST_METHOD"] == "GET"


def test_a_post_goes_through(store, site):
    get(store)
    get(store, method="POST")
    assert [heard["REQUEST_METHOD"] for heard in site.heard] == ["GET", "POST"]


def test_a_commit_leaves_every_page_behind(store, site, ledger):
    get(store)
    site.words = "mới"
    with ledger.commit():
        pass
    assert get(store)[2] == "mới".encode()
    assert get(made(site, ledger))[2] == "mới".encode()


def test_a_page_rendered_from_older_rows_is_never_kept(store, site, ledger):
    def commit():
        with ledger.commit():
            site.words = "mới"

    site.during = commit
    assert get(store)[2] == WORDS.encode()  # it was asked before the commit
    site.during = lambda: None
    assert get(store)[2] == "mới".encode()


def test_while_somebody_commits_pages_are_sent_but_not_kept(store, site, ledger):
    get(store)
    with ledger.commit():
        site.words = "giữa"
        assert get(store)[2] == "giữa".encode()
        site.words = "sau"
        assert get(store)[2] == b"sau"
    assert get(store)[2] == b"sau"


def test_pages_show_today_so_midnight_ends_them(store, site):
    with time_machine.travel(datetime(2026, 11, 25, 16, 59, 50, tzinfo=UTC), tick=False) as clock:
        get(store)
        clock.shift(9)
        get(store)
        assert len(site.heard) == 1
        clock.shift(2)
        get(store)
        assert len(site.heard) == 2


@pytest.mark.parametrize("headers", [
    {"HTTP_X_FORWARDED_HOST": "evil.vn"}, {"HTTP_ACCEPT_LANGUAGE": "en"}, {"HTTP_RANGE": "bytes=0-3"}, {"HTTP_COOKIE": "django_language=en"},
    {"HTTP_FORWARDED": "host=evil.vn"}, {"HTTP_IF_MODIFIED_SINCE": "x"}, {"HTTP_ORIGIN": "https://evil.vn"}, {"HTTP_REFERER": "x"},
    {"HTTP_ACCEPT": "text/plain"}, {"HTTP_X_ORIGINAL_URL": "/quan-tri/"}, {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    {"HTTP_ACCEPT_ENCODING": "gzip;q=,,br"},
])  # fmt: skip
def test_no_header_reaches_the_page_of_others(store, site, headers):
    get(store, **headers)
    assert site.heard[0].keys().isdisjoint(headers)
    assert get(store)[2] == WORDS.encode()
    assert len(site.heard) == 1


def test_somebodys_own_request_is_neither_kept_nor_answered_from_the_store(store, site):
    site.words = "của tôi"
    get(store, HTTP_COOKIE="sessionid=abc")
    site.words = WORDS
    assert get(store)[2] == WORDS.encode()
    site.words = "của tôi"
    assert get(store, HTTP_COOKIE="sessionid=abc")[2] == "của tôi".encode()
    assert site.heard[-1]["HTTP_COOKIE"] == "sessionid=abc"


@pytest.mark.parametrize(("status", "headers"), [
    ("404 Not Found", []), ("200 OK", [("Set-Cookie", "a=b")]), ("200 OK", [("Cache-Control", "private")]), ("500 Error", []),
])  # fmt: skip
def test_what_may_not_be_kept_is_sent_as_it_is(store, site, status, headers):
    site.status, site.headers = status, headers
    found = get(store)
    assert found[0] == int(status.split()[0])
    assert found[2] == WORDS.encode()
    assert "etag" not in found[1]
    get(store, method="HEAD")
    assert len(site.heard) == 2
    assert site.closed == 2


def test_an_endless_address_is_refused_and_a_long_one_is_not_kept(store, site):
    assert get(store, query="a" * 9000)[0] == 414
    assert not site.heard
    get(store, query="year=" + "1" * 700)
    get(store, query="year=" + "1" * 700)
    assert len(site.heard) == 2


def test_a_page_too_long_is_sent_whole_and_not_kept(store, site):
    site.words = "a" * (3 << 20)
    assert len(get(store)[2]) == 3 << 20
    get(store)
    assert len(site.heard) == 2


def test_memory_and_disk_are_bounded(site, ledger):
    disk = Disk(ledger.folder, 6000)
    store = PageStore(site, ledger, TERMS, disk, "Asia/Ho_Chi_Minh", most_bytes=5000)
    for number in range(50):
        get(store, path=f"/x{number}/")
    assert sum(len(answer.body) for answer in store._answers.values()) <= 5000
    assert sum(path.stat().st_size for path in ledger.folder.rglob("*.html*")) <= 6000
    assert get(store, path="/x0/")[2] == WORDS.encode()


def test_a_damaged_file_is_rendered_again(store, site, ledger):
    get(store)
    next(ledger.folder.rglob("*.json")).write_text("{")
    assert get(made(site, ledger))[0] == 200
    assert len(site.heard) == 2


def test_spelling_in_capitals_asks_for_the_same_page(store, site):
    get(store)
    get(store, HTTP_HOST="PHUONG.VN")
    get(store, query="utm_source=zalo")
    assert len(site.heard) == 1
