import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.urls import reverse

from kheo.portal import sources
from kheo.portal.actions.check_links import check_every_site, check_links
from kheo.portal.actions.found_site import found_site
from kheo.portal.models import BrokenLink, LinkWalk, SectionPage


def page(site, html):
    made = SectionPage(title="Liên kết", slug="lien-ket", body=[("text", html)])
    site.root_page.add_child(instance=made)
    made.save_revision().publish()
    return made


def test_it_works(cast, signed_in):
    site = found_site(cast.bim_son, host="testserver", name="Phường Bỉm Sơn", by=None, default=True)
    made = page(site, '<p><a href="/khong-co-trang-nay/">cũ</a> <a href="/lien-he/">tốt</a> <a href="https://khac.test/x">ngoài</a> <a href="#khong-co">đây</a> <a href="#main-content">chỗ có</a> <img src="/media/mat.png" alt="Cổng làng"></p>')
    from kheo.portal.models import SectionKind

    made.kind = SectionKind.objects.get(code="lich-su")
    made.save()
    asked = []
    walk = check_links(site, ask=lambda address: asked.append(address) or "ConnectionError", start="/lien-ket/", most=2)
    broken = {(row.page, row.address): row for row in BrokenLink.objects.all()}
    assert ("/lien-ket/", "/khong-co-trang-nay/") in broken
    assert broken["/lien-ket/", "https://khac.test/x"].answer == "ConnectionError"
    assert broken["/lien-ket/", "/lien-ket/#khong-co"].answer == "anchor" and broken["/lien-ket/", "/media/mat.png"].kind == "picture"
    assert not any(address in ("/lien-he/", "/lien-ket/#main-content") for _page, address in broken)
    assert asked.count("https://khac.test/x") == 1
    assert walk.pages == 2
    since = broken["/lien-ket/", "/khong-co-trang-nay/"].since
    check_links(site, outside=False, start="/lien-ket/", most=2)
    assert BrokenLink.objects.get(page="/lien-ket/", address="/khong-co-trang-nay/").since == since
    assert "khong-co-trang-nay" in signed_in(cast.editor).get(reverse("portal:broken_links")).content.decode()
    made.unpublish()
    check_links(site, outside=False, start="/lien-ket/", most=2)
    assert not BrokenLink.objects.filter(page="/lien-ket/").exists()


def test_every_site_is_walked_and_each_keeps_its_own_list(cast, monkeypatch, settings):
    settings.ALLOWED_HOSTS = ["*"]
    first = found_site(cast.bim_son, host="testserver", name="Phường Bỉm Sơn", by=None, default=True)
    second = found_site(cast.quang_trung, host="khac.testserver", name="Phường Ba Đình", by=None)
    page(second, '<p><a href="/mat/">mất</a> <a href="http://testserver/cung-mat/">bên kia</a> <a href="http://[">hỏng</a></p>')
    asked = []
    monkeypatch.setattr("kheo.portal.actions.check_links.reverse", lambda name: "/lien-ket/")
    walks = check_every_site(ask=lambda address: asked.append(address) or "InvalidURL", most=1)
    assert [walk.site for walk in walks if walk.site.hostname != "localhost"] == [first, second]
    assert not walks[-1].whole  # one page was read of many
    links = dict(BrokenLink.objects.filter(site=second).values_list("address", "answer"))
    assert links == {"/mat/": "404", "http://testserver/cung-mat/": "404", "http://[": "InvalidURL"}
    assert asked == ["http://["]  # our own sites are asked inside the program
    assert list(BrokenLink.objects.filter(site=first).values_list("page", "answer")) == [("/lien-ket/", "404")]  # its first page cannot be read
    assert LinkWalk.objects.count() == len(walks)


class Odd(BaseHTTPRequestHandler):
    """Another site in every bad mood: /404 /500 /circle /slow, HEAD refused at /get-only."""

    def do_HEAD(self):
        codes = {"/404": 404, "/500": 500, "/circle": 302, "/get-only": 405, "/good": 200}
        if self.path == "/slow":
            time.sleep(1.2)
        self.send_response(codes.get(self.path, 200))
        if self.path == "/circle":
            self.send_header("Location", "/circle")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_words):
        pass


def test_other_sites_are_asked_within_a_bounded_time(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(sources, "TIMEOUT", (0.5, 0.5))
    at = f"http://127.0.0.1:{server.server_port}"
    asked = [f"{at}/{name}" for name in ("404", "500", "circle", "get-only", "good", "slow")] + ["http://127.0.0.1:1/", "http://[", "http://khong.co.invalid/"]
    begun = time.monotonic()
    answers = sources.ask_all(asked, patience=5)
    assert list(answers.values()) == ["404", "500", "circle", "", "", "timeout", "refused", "address", answers[asked[-1]]]
    assert answers[asked[-1]] in ("name", "timeout", "broken_off") and time.monotonic() - begun < 5
    assert sources.ask_all([f"{at}/slow"], patience=0.05) == {f"{at}/slow": sources.UNTRIED}
    server.shutdown()
    server.server_close()

