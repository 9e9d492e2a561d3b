"""Standing pages and files for search engines."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from kheo.portal.views import pages
from tests.cast import practice


@pytest.mark.parametrize("path", ["/rieng-tu/", "/dieu-khoan/", "/so-do-trang/", "/en/rieng-tu/", "/en/dieu-khoan/", "/en/so-do-trang/"])
def test_it_works(client, cast, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


def test_every_link_of_the_site_map_opens(client, cast):
    groups = client.get("/so-do-trang/").context["groups"]
    links = [href for group in groups for _label, href in group["links"]]
    assert len(links) > 12
    for href in links:
        assert client.get(href).status_code in (200, 302), href


def test_robots_keeps_the_desk_closed(client, cast):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /ban-lam-viec/" in text and "Disallow: /quan-tri/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_an_address_with_a_question_stays_one_in_the_sitemap(rf):
    line = pages._address(rf.get("/sitemap.xml"), "/thu-tuc-hanh-chinh/danh-muc/?q=1.008456", "")
    assert "<loc>http://testserver/thu-tuc-hanh-chinh/danh-muc/?q=1.008456</loc>" in line
    assert 'hreflang="en" href="http://testserver/en/thu-tuc-hanh-chinh/danh-muc/?q=1.008456"' in line


def test_the_sitemap_holds_public_practices_and_units(client, cast):
    shown, hidden = practice(cast, title="Công khai", state="running"), practice(cast, title="Nháp", state="draft")
    raw = b"".join(client.get("/sitemap.xml").streaming_content)
    places = [e.text for e in ElementTree.fromstring(raw).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"http://testserver/mo-hinh/{shown.slug}/" in places
    assert f"http://testserver/mo-hinh/{hidden.slug}/" not in places
    assert "http://testserver/don-vi/dong-son/" in places
    assert f"/en/mo-hinh/{shown.slug}/" in raw.decode()
