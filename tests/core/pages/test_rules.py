"""Which requests ask for a kept page, in which spelling, and which answers may be kept."""

from __future__ import annotations

import pytest

from kheo.core.pages.rules import answers, requests, statements

TERMS = requests.Terms(
    hosts=lambda name: name in {"phuong.vn", "[::1]", "localhost"},
    ports=frozenset({"8000"}),
    never=("/ban-lam-viec/", "/quan-tri/"),
    languages=("/en/",),
    parameters={"/": {"year"}, "/mo-hinh/": {"field", "page", "q"}, "/mo-hinh/*": set()},
    personal=frozenset({"sessionid", "csrftoken", "messages"}),
)


def asked(path="/", query="", terms=TERMS, **headers):
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http", "HTTP_HOST": "phuong.vn", **headers}
    return requests.question(environ, terms)


def test_it_works():
    assert asked("/mo-hinh/", "page=2&field=economy") == ("phuong.vn", "/mo-hinh/", "field=economy&page=2")


@pytest.mark.parametrize("headers", [
    {"HTTP_COOKIE": "a=b; sessionid=x"}, {"HTTP_COOKIE": "csrftoken=x"}, {"HTTP_COOKIE": "messages=x"},
    {"HTTP_AUTHORIZATION": "Basic x"}, {"HTTP_HX_REQUEST": "true"}, {"SCRIPT_NAME": "/x"},
    {"HTTP_HOST": "evil.vn"}, {"HTTP_HOST": ""}, {"HTTP_HOST": "phuong.vn:1234"}, {"HTTP_HOST": "phuong.vn/../x"},
    {"HTTP_HOST": "phuong.vn\r\nX: y"}, {"HTTP_HOST": "../phuong.vn"}, {"HTTP_HOST": "phuong.vn:8000:8000"}, {"HTTP_HOST": "phuong.vn@evil.vn"},
])  # fmt: skip
def test_a_personal_or_strange_request_is_left_to_django(headers):
    assert asked(**headers) is None


@pytest.mark.parametrize("path", ["/ban-lam-viec/", "/en/ban-lam-viec/mo-hinh/", "/quan-tri/", "mo-hinh", "/" + "a" * 800, "/a\0/"])
def test_some_paths_are_never_kept(path):
    assert asked(path) is None


@pytest.mark.parametrize(("path", "query", "kept"), [
    ("/", "utm_source=zalo&fbclid=1", ""), ("/", "utm_source=x&year=2023", "year=2023"), ("/", "x=1", ""),
    ("/mo-hinh/", "field=economy&x=1&page=3", "field=economy&page=3"), ("/mo-hinh/abc/", "x=1", ""),
    ("/en/mo-hinh/", "page=3&field=a", "field=a&page=3"), ("/khac/", "utm_campaign=1", ""),
    ("/mo-hinh/", "q=dan+van", None), ("/mo-hinh/", "page=99999", None), ("/mo-hinh/", "page=x", None),
    ("/mo-hinh/", "field=" + "a" * 700, None), ("/mo-hinh/", "&".join(f"field={n}" for n in range(20)), None),
    ("/mo-hinh/", "field=%ff", None), ("/khac/", "x=1", None),
])  # fmt: skip
def test_one_page_has_one_spelling(path, query, kept):
    found = asked(path, query)
    assert (found.query if found else None) == kept


def test_the_host_is_one_name_whatever_its_case():
    assert asked(HTTP_HOST="PHUONG.vn:8000").host == "phuong.vn:8000"
    assert asked(HTTP_HOST="[::1]:8000").host == "[::1]:8000"


def test_an_analytics_cookie_splits_nothing():
    assert asked(HTTP_COOKIE="_ga=1; django_language=en; xsessionid=1") == asked()


def test_below_https_only_https_is_kept():
    secure = requests.Terms(hosts=TERMS.hosts, secure=True)
    assert asked(terms=secure) is None
    assert asked(terms=secure, HTTP_X_FORWARDED_PROTO="http") is None
    assert asked(terms=secure, HTTP_X_FORWARDED_PROTO="https") == ("phuong.vn", "/", "")


@pytest.mark.parametrize(("header", "best"), [
    ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", ""), ("br;q=0, gzip", "gzip"), ("gzip;q=0", ""), ("*", "br"),
    ("*;q=0", ""), ("br;q=0.1, gzip;q=0.8", "gzip"), ("GZIP", "gzip"), ("gzip;q=7", ""), ("gzip;x", ""), ("identity, gzip;q=0.5", ""),
    ("gzip" * 200, ""), (",,;;==", ""), ("br;q=1.000", "br"), ("zstd", ""),
])  # fmt: skip
def test_the_smallest_encoding_the_reader_takes(header, best):
    assert requests.best_encoding(header) == best


def test_if_none_match_takes_lists_weak_tags_and_a_star():
    for header in ('"a-br"', 'W/"a-br"', '"x", "a-br"', "*"):
        assert requests.matches(header, '"a-br"')
    for header in ('"a"', "a-br", "", '"A-BR"'):
        assert not requests.matches(header, '"a-br"')


HTML = ("Content-Type", "text/html; charset=utf-8")


@pytest.mark.parametrize(("status", "more", "keeps"), [
    ("200 OK", [], True), ("404 Not Found", [], False), ("302 Found", [], False), ("206 Partial Content", [], False),
    ("200 OK", [("Set-Cookie", "a=b")], False), ("200 OK", [("Cache-Control", "max-age=0, PRIVATE")], False),
    ("200 OK", [("Cache-Control", "no-store")], False), ("200 OK", [("Vary", "*")], False), ("200 OK", [("Vary", "Cookie")], True),
    ("200 OK", [("Content-Encoding", "gzip")], False), ("200 OK", [("Content-Disposition", "attachment; filename=a")], False),
    ("200 OK", [("Cache-Control", "public, max-age=60")], True),
])  # fmt: skip
def test_which_answers_are_kept(status, more, keeps):
    assert answers.may_keep(status, [HTML, *more]) is keeps


def test_json_is_kept_only_when_it_says_so():
    kind = ("Content-Type", "application/json")
    assert not answers.may_keep("200 OK", [kind])
    assert answers.may_keep("200 OK", [kind, ("Cache-Control", "public, max-age=60")])
    assert not answers.may_keep("200 OK", [("Content-Type", "text/csv")])


def test_language_never_varies_but_what_the_page_says_does():
    headers = [HTML, ("Vary", "Accept-Language, Cookie"), ("X-Frame-Options", "SAMEORIGIN"), ("ETag", "x")]
    kept = dict(answers.kept_headers(headers))
    assert kept["vary"] == "Cookie, Accept-Encoding"
    assert kept["x-frame-options"] == "SAMEORIGIN"
    assert "etag" not in kept


@pytest.mark.parametrize(("path", "query", "more", "is_plain"), [
    ("/mo-hinh/abc/", "", [], True), ("/", "", [], True), ("/mo-hinh", "", [], False), ("/a/../b/", "", [], False), ("/.a/", "", [], False),
    ("/mo-hinh/", "page=2", [], False), ("/a/", "", [("x-robots-tag", "noindex")], False), ("/\xe1\xbb\x87/", "", [], False),
    ("/a/", "", [("vary", "HX-Request")], False), ("/_/ab/", "", [], False), ("/en/a/", "", [], True),
    ("/en/a/", "", [("Content-Language", "vi")], False), ("/a/", "", [("X-Frame-Options", "DENY")], False),
    ("/a/", "", [("Content-Security-Policy", "default-src 'self'; frame-src https://video.example")], False),
])  # fmt: skip
def test_which_files_a_web_server_may_serve_by_itself(path, query, more, is_plain):
    usual = {name: value for name, value in answers.SERVED_ELSEWHERE.items() if name != "strict-transport-security"}
    headers = [*usual.items(), ("Content-Language", "en" if path.startswith("/en/") else "vi"), *more]
    assert answers.plain(path, query, answers.kept_headers(headers)) is is_plain


EXEMPT = {"django_session", "axes_*"}


@pytest.mark.parametrize(("sql", "shows"), [
    ('INSERT INTO "practices_practice" ("id") VALUES (1)', True), ('UPDATE "practices_practice" SET "a" = 1', True),
    ('  DELETE FROM "public"."practices_practice"', True), ("insert or ignore into practices_practice values (1)", True),
    ('INSERT INTO "django_session" VALUES (1)', False), ("UPDATE `axes_accessattempt` SET a=1", False), ("DELETE FROM axes_log", False),
    ("SELECT 1", False), ("(SELECT 1)", False), ("/* a */ select 1", False), ("-- x\nUPDATE t SET a=1", True), ("PRAGMA x", False),
    ("SAVEPOINT a", False), ("BEGIN IMMEDIATE", False), ("COMMIT", False), ("", False), ("WITH a AS (SELECT 1) SELECT * FROM a", False),
    ("WITH a AS (SELECT 1) UPDATE t SET x=1", True), ("CREATE TABLE x (a)", True), ("TRUNCATE t", True), ("DROP TABLE django_session", True),
    ("COPY t FROM STDIN", True), (object(), True), ('UPDATE "accounts_user" SET "last_login" = %s WHERE "id" = 1', False),
    ('UPDATE "accounts_user" SET "last_login" = %s, "name" = %s WHERE "id" = 1', True),
])  # fmt: skip
def test_which_statements_leave_the_pages_behind(sql, shows):
    assert statements.shows_on_pages(sql, EXEMPT) is shows
