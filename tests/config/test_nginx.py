"""The files of deploy/nginx under Debian's nginx, over the same store as Khéo's own layer."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
import requests
from django.db import connection

from bench import nginx
from kheo.core.pages import ledger
from kheo.portal.actions.found_site import found_site
from kheo.portal.models import SiteIdentity
from tests.config.serving import Site, listening

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the database behind the files makes no difference; once is enough"),
    pytest.mark.skipif(nginx.BINARY is None, reason="nginx is not installed: apt-get install nginx"),
]
OWN = {"date", "server", "etag", "connection", "content-length", "transfer-encoding", "accept-ranges", "keep-alive"}


@dataclass
class Front:
    """nginx in front of the layers."""

    site: Site
    home: Path
    port: int
    direct: int

    def get(self, path: str, method: str = "GET", port: int = 0, **headers: str) -> requests.Response:
        """One request by a stranger, with nothing but the headers given."""
        sent = {"Host": "localhost", "Accept-Encoding": "identity", "User-Agent": "thu", **{n.replace("_", "-"): v for n, v in headers.items()}}
        return requests.request(method, f"http://127.0.0.1:{port or self.port}{path}", headers=sent, allow_redirects=False, timeout=20, stream=True)

    def kept(self, path: str) -> None:
        """Have it in the store."""
        assert self.get(path, port=self.direct).status_code == 200

    def asks(self, path: str, method: str = "GET", **headers: str) -> bool:
        """Whether the request comes through to Khéo."""
        before = len(self.site.heard)
        self.get(path, method, **headers).content  # noqa: B018 read to the end
        return len(self.site.heard) > before


@pytest.fixture
def front(cast, settings) -> Iterator[Front]:
    found_site(cast.bim_son, host="localhost", name="Phường Bỉm Sơn", by=None, default=True)
    site, home, port = Site(), Path(settings.KHEO_HOME), nginx.free_port()
    with listening(site) as direct:
        process = nginx.start(nginx.write(home / "nginx", home, direct, port), port)
        try:
            yield Front(site, home, port, direct)
        finally:
            process.terminate()
            process.wait()


def raw(answer: requests.Response) -> bytes:
    """The bytes as they came over the line."""
    return answer.raw.read(decode_content=False)


def told(answer: requests.Response) -> dict[str, str]:
    """The headers that mean something."""
    return {name.lower(): value for name, value in answer.headers.items() if name.lower() not in OWN}


def test_it_works(front):
    """The same bytes and headers as Khéo's own layer, without asking it; and never an old page."""
    for path in ("/", "/en/", "/mo-hinh/", "/tin-tuc/", "/rieng-tu/"):
        front.kept(path)
        for accepted in ("identity", "gzip", "gzip, deflate, br, zstd"):
            own = front.get(path, port=front.direct, Accept_Encoding=accepted)
            before = len(front.site.heard)
            found = front.get(path, Accept_Encoding=accepted)
            assert len(front.site.heard) == before, (path, accepted)
            assert (found.status_code, told(found)) == (200, told(own)), (path, accepted)
            assert raw(found) == raw(own)
    identity = SiteIdentity.objects.get(pk=1)
    for name in ("Ủy ban một", "Ủy ban hai"):  # written within one second, of one length
        identity.name = name
        identity.save()
        assert name in front.get("/rieng-tu/").text
        tag = front.get("/rieng-tu/").headers["ETag"]
        assert front.get("/rieng-tu/", If_None_Match=tag).status_code == 304
        assert not front.asks("/rieng-tu/", If_None_Match=tag)
    assert front.get("/rieng-tu/", If_None_Match=tag, Accept_Encoding="gzip").status_code == 200
    with ledger.open_ledger(front.home).commit():
        assert front.asks("/rieng-tu/")


def test_what_is_not_a_strangers_plain_question_is_passed_on(front):
    front.kept("/mo-hinh/")
    assert not front.asks("/mo-hinh/")
    assert not front.asks("/mo-hinh/", "HEAD")
    assert front.get("/mo-hinh/", "HEAD").headers["ETag"] == front.get("/mo-hinh/").headers["ETag"]
    assert not front.asks("/mo-hinh/", If_Modified_Since="Tue, 19 Jan 2038 03:14:07 GMT", Cookie="other=1")
    assert front.get("/mo-hinh/", If_Modified_Since="Tue, 19 Jan 2038 03:14:07 GMT").status_code == 200
    for headers in ({"Cookie": "sessionid=a"}, {"Cookie": "a=b; csrftoken=c"}, {"HX_Request": "true"}, {"Authorization": "Basic x"}, {"Host": "evil.vn"}):
        assert front.asks("/mo-hinh/", **headers), headers
    assert front.get("/mo-hinh/", Host="evil.vn").status_code == 400
    for path, method in (("/mo-hinh/?year=2023", "GET"), ("/mo-hinh", "GET"), ("/mo-hinh/", "POST"), ("/truy-cap/ghi", "POST"), ("/healthz", "GET")):
        assert front.asks(path, method), path
    front.get("/mo-hinh/?year=2023", X_Forwarded_For="9.9.9.9", X_Forwarded_Host="evil.vn", X_Forwarded_Proto="https")
    heard = front.site.heard[-1]
    assert (heard["HTTP_X_FORWARDED_FOR"], heard["HTTP_X_FORWARDED_PROTO"]) == ("127.0.0.1", "http")
    assert "HTTP_X_FORWARDED_HOST" not in heard
    assert brotli.decompress(raw(front.get("/mo-hinh/", Accept_Encoding="br"))) == front.get("/mo-hinh/").content
    assert "Content-Encoding" not in front.get("/mo-hinh/", Accept_Encoding="br;q=0, identity").headers


def test_static_files_a_server_that_is_away_and_another_clock(front):
    static = front.home / "static"
    static.mkdir()
    for name in ("kheo.0123456789ab.css", "kheo.css"):
        (static / name).write_text("a{}")
        (static / f"{name}.gz").write_bytes(b"packed")
    named, plain = front.get("/static/kheo.0123456789ab.css", Accept_Encoding="gzip"), front.get("/static/kheo.css")
    assert raw(named) == b"packed"
    assert "immutable" in named.headers["Cache-Control"]
    assert (plain.text, plain.headers["Cache-Control"], plain.headers["Content-Type"]) == ("a{}", "public, max-age=60", "text/css; charset=utf-8")
    front.kept("/rieng-tu/")
    other, away = nginx.free_port(), nginx.free_port()
    process = nginx.start(nginx.write(front.home / "other", front.home, away, other), other)
    try:
        assert front.get("/rieng-tu/", port=other).status_code == 200  # kept pages are still there
        answer = front.get("/mo-hinh/", port=other)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert "bảo trì" in answer.content.decode()
    finally:
        process.terminate()
        process.wait()
    clock = nginx.free_port()  # a server in another time zone serves no page from the store: not yesterday's
    process = nginx.start(nginx.write(front.home / "clock", front.home, front.direct, clock), clock, zone="UTC")
    try:
        before = len(front.site.heard)
        assert front.get("/rieng-tu/", port=clock).status_code == 200
        assert len(front.site.heard) == before + 1
    finally:
        process.terminate()
        process.wait()


def test_the_https_site_is_well_formed(tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"], check=True, capture_output=True,
    )  # fmt: skip
    main = nginx.write(tmp_path, tmp_path, 1, nginx.free_port(), site="kheo-https.conf")
    done = subprocess.run([nginx.BINARY, "-t", "-c", main, "-e", tmp_path / "error.log"], capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
