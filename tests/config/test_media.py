"""/media/: tags, ranges, kinds, and names that try to get out."""

from __future__ import annotations

import os

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db  # the page of a 404 has a menu
BODY = bytes(range(256)) * 40


@pytest.fixture
def folder(settings):
    root = settings.MEDIA_ROOT
    (root / "images").mkdir(parents=True)
    for name in ("a.jpg", "Ảnh xấu.PDF", "x.svg", "x.html", "b.xlsx", "không-đuôi", "e.txt"):
        (root / "images" / name).write_bytes(BODY if name != "e.txt" else b"")
    (root.parent / "secret-key").write_text("bí mật")
    (root / "images" / ".an").write_text("ẩn")
    os.symlink(root.parent / "secret-key", root / "images" / "ra-ngoai.txt")
    return root


def get(path: str, method: str = "get", **headers: str):
    answer = getattr(Client(), method)(f"/media/{path}", headers=headers)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_it_works(folder):
    answer, body = get("images/a.jpg")
    assert (answer.status_code, answer["Content-Type"], body) == (200, "image/jpeg", BODY)
    assert (answer["Content-Length"], answer["Accept-Ranges"], answer["X-Content-Type-Options"]) == (str(len(BODY)), "bytes", "nosniff")
    assert "inline" in answer["Content-Disposition"]
    head, nothing = get("images/a.jpg", "head")
    assert (head.status_code, head["Content-Length"], nothing) == (200, str(len(BODY)), b"")
    assert get("images/e.txt")[1] == b""


@pytest.mark.parametrize(("asked", "told", "body"), [
    ("bytes=0-9", "bytes 0-9/10240", BODY[:10]), ("bytes=10230-", "bytes 10230-10239/10240", BODY[-10:]), ("bytes=-5", "bytes 10235-10239/10240", BODY[-5:]),
    ("bytes=100-999999", "bytes 100-10239/10240", BODY[100:]), ("bytes=-99999", "bytes 0-10239/10240", BODY),
])  # fmt: skip
def test_one_range(folder, asked, told, body):
    answer, found = get("images/a.jpg", Range=asked)
    assert (answer.status_code, answer["Content-Range"], found) == (206, told, body)
    assert answer["Content-Length"] == str(len(body))


@pytest.mark.parametrize("asked", ["bytes=0-1,5-9", "bytes=9-2", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=1-2-3"])
def test_what_is_no_single_range_gets_the_whole(folder, asked):
    assert get("images/a.jpg", Range=asked)[0].status_code == 200


def test_a_range_outside_and_one_of_another_state(folder):
    answer, _body = get("images/a.jpg", Range="bytes=10240-")
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */10240")
    tag = get("images/a.jpg")[0]["ETag"]
    assert get("images/a.jpg", **{"Range": "bytes=0-1", "If-Range": tag})[0].status_code == 206
    assert get("images/a.jpg", **{"Range": "bytes=0-1", "If-Range": '"old"'})[0].status_code == 200


def test_who_has_it_is_told_so(folder):
    first = get("images/a.jpg")[0]
    for header in ({"If-None-Match": first["ETag"]}, {"If-None-Match": f'"x", W/{first["ETag"]}'}, {"If-Modified-Since": first["Last-Modified"]}):
        answer, body = get("images/a.jpg", **header)
        assert (answer.status_code, body, answer["ETag"]) == (304, b"", first["ETag"])
    (folder / "images" / "a.jpg").write_bytes(BODY[:-1])
    assert get("images/a.jpg", **{"If-None-Match": first["ETag"]})[0].status_code == 200


@pytest.mark.parametrize(("name", "kind"), [("x.svg", "application/octet-stream"), ("x.html", "application/octet-stream"), ("không-đuôi", "application/octet-stream"), ("b.xlsx", "spreadsheetml")])
def test_what_a_browser_must_not_run_is_saved(folder, name, kind):
    answer, _body = get(f"images/{name}")
    assert kind in answer["Content-Type"]
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", [
    "images/", "images", "", "images/.an", "images/../../secret-key", "../secret-key", "images/%2e%2e/%2e%2e/secret-key", "images/ra-ngoai.txt",
    "images/a.jpg%00.png", "images\\a.jpg", "//etc/passwd", "images/khong-co.jpg", "a" * 600,
])  # fmt: skip
def test_a_name_that_tries_to_get_out_finds_nothing(folder, name):
    assert get(name)[0].status_code == 404


def test_names_with_tones_and_spaces(folder):
    answer, body = get("images/%E1%BA%A2nh%20x%E1%BA%A5u.PDF")
    assert (answer.status_code, answer["Content-Type"], body) == (200, "application/pdf", BODY)


def test_nothing_is_written_here(folder):
    assert get("images/a.jpg", "post")[0].status_code == 405
