from django.urls import reverse

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
    made = page(site, '<p><a href="/khong-co-trang-nay/">cũ</a> <a href="/lien-he/">tốt</a> <a href="https://khac.test/x">ngoài</a></p>')
    from kheo.portal.models import SectionKind

    made.kind = SectionKind.objects.get(code="lich-su")
    made.save()
    asked = []
    walk = check_links(site, ask=lambda address: asked.append(address) or "ConnectionError", start="/lien-ket/", most=2)
    broken = {(row.page, row.address): row for row in BrokenLink.objects.all()}
    assert ("/lien-ket/", "/khong-co-trang-nay/") in broken
    assert broken["/lien-ket/", "https://khac.test/x"].answer == "ConnectionError"
    assert not any(address == "/lien-he/" for _page, address in broken)
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
    assert not BrokenLink.objects.filter(site=first).exists()
    assert LinkWalk.objects.count() == len(walks)
