"""/tim-kiem/: what people type finds what they mean."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from kheo.core.search import indexing
from kheo.indicators import sources
from kheo.portal.actions.found_site import found_site
from kheo.portal.models import SectionPage
from kheo.visits.actions import import_days
from tests.cast import practice

pytestmark = pytest.mark.django_db


class Period(NamedTuple):
    first: date
    last: date


@pytest.fixture
def filled(cast):
    practice(cast, state="recognized", title="Dân vận khéo trong giải phóng mặt bằng", summary="Tổ hoà giải của UBND phường vận động 25 hộ.")
    practice(cast, state="running", title="Kế hoạch thu gom rác <script>")
    indexing.rebuild()
    return cast


def page(client, **query) -> str:
    answer = client.get("/tim-kiem/", query)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    return answer.content.decode()


@pytest.mark.parametrize("asked", ["dan van kheo", "Dân vận khéo", "Da\u0302n va\u0323\u0302n khe\u0301o", "DVK", "hòa giải", "hoà giải", "uy ban nhan dan phường", "ddaan vaanj"])
def test_it_works(filled, client, asked):
    assert "/mo-hinh/dan-van-kheo-trong-giai-phong-mat-bang" in page(client, q=asked)


def test_words_are_marked_in_the_original_text(filled, client):
    assert "<mark>Dân vận khéo</mark> trong giải phóng" in page(client, q="dan van kheo")
    assert "<mark>hoà giải</mark>" in page(client, q="hoa giai")


def test_a_title_is_never_markup(filled, client):
    html = page(client, q="thu gom rác script")
    assert "&lt;<mark>script</mark>&gt;" in html
    assert "<script>alert" not in page(client, q="<script>alert(1)</script>")


def test_an_old_name_leads_to_the_unit_of_today(filled, client):
    html = page(client, q="dong son", kind="unit")
    assert "/don-vi/bim-son" in html or "/don-vi/phuong-bim-son" in html
    assert "từ 01/07/2025" in html


def test_an_ambiguous_short_form_offers_its_meanings(filled, client):
    html = page(client, q="KH rác")
    assert "Kế hoạch" in html
    assert "khoa+h%E1%BB%8Dc+r%C3%A1c" in html


def test_a_near_spelling_is_offered_only_when_it_finds(filled, client):
    html = page(client, q="dan vann khep")
    assert "dân vận khéo" in html
    assert "Không tìm thấy" in html
    assert "dân vận khéo" in page(client, q="danvankheo")
    assert page(client, q="dan vna kheo").count("dân vận khéo")
    assert "không có từ nào" in page(client, q="zzzzqqq")


def test_with_one_word_too_many_the_others_are_offered(filled, client):
    assert "q=d%C3%A2n+v%E1%BA%ADn" in page(client, q="dân vận Ngọc")


def test_filters(filled, client):
    assert "giải phóng" not in page(client, q="dân vận", until="01/01/2020")
    assert "giải phóng" in page(client, q="dân vận", since="01/01/2023", unit=filled.wards["ba-dinh"].slug)
    assert "giải phóng" not in page(client, q="dân vận", unit=filled.wards["bac-son"].slug)
    assert "giải phóng" in page(client, q="dân vận", since="hôm qua", unit="không có", kind="x", page="99999999999")


@pytest.mark.parametrize("asked", ['"', "*", "OR", "NEAR(", "\x00", "%00", "x" * 10_000, "dân " * 3_000, "(((((", "'; DROP TABLE", "\ud800".encode("utf-8", "surrogatepass")])
def test_hostile_input(filled, client, asked):
    page(client, q=asked)
    assert client.get("/tim-kiem/goi-y/", {"q": asked}).status_code == 200


def test_suggestions(filled, client):
    html = client.get("/tim-kiem/goi-y/", {"q": "dan van kh"}).content.decode()
    assert "/mo-hinh/dan-van-kheo" in html
    assert client.get("/tim-kiem/goi-y/", {"q": "zzzz"}).content.strip() == b""


def test_in_english_the_addresses_are_english(filled, client):
    assert "/en/mo-hinh/dan-van-kheo" in client.get("/en/tim-kiem/", {"q": "dan van kheo"}).content.decode()


def test_queries_do_not_grow_with_the_results(filled, client, django_assert_max_num_queries):
    client.get("/tim-kiem/", {"q": "phuong"})
    with django_assert_max_num_queries(14):
        client.get("/tim-kiem/", {"q": "phuong"})


def test_a_site_finds_its_own_pages_and_what_belongs_to_none(filled, client, settings):
    settings.ALLOWED_HOSTS = [".testserver"]
    first = found_site(filled.bim_son, host="testserver", name="Phường Bỉm Sơn", by=None, default=True)
    second = found_site(filled.quang_trung, host="khac.testserver", name="Phường Ba Đình", by=None)
    for site, title in ((first, "Chợ Bỉm Sơn họp phiên"), (second, "Chợ Ba Đình họp phiên")):
        site.root_page.add_child(instance=SectionPage(title=title, slug="cho", lead="Giờ mở cửa của chợ."))
    indexing.rebuild()
    assert "Chợ</mark> Bỉm Sơn" in (here := page(client, q="chợ")) and "Ba Đình họp" not in here
    there = client.get("/tim-kiem/", {"q": "chợ"}, headers={"host": "khac.testserver"}).content.decode()
    assert "Chợ</mark> Ba Đình" in there and "Bỉm Sơn họp" not in there
    addresses = [page_of.root_page.get_children().get(slug="cho").get_url() for page_of in (first, second)]
    found = b"".join(client.get("/sitemap.xml").streaming_content).decode()
    assert [address in found for address in addresses] == [True, False]
    assert "/mo-hinh/dan-van-kheo-trong" in client.get("/tim-kiem/", {"q": "dan van kheo"}, headers={"host": "khac.testserver"}).content.decode()
    assert [item["title"] for item in client.get("/api/v1/search", {"q": "chợ"}).json()["items"]] == ["Chợ Bỉm Sơn họp phiên"]


def test_an_indicator_may_be_counted_from_visits(cast):
    site = found_site(cast.bim_son, host="testserver", name="Phường Bỉm Sơn", by=None, default=True)
    period = Period(date(2023, 11, 1), date(2023, 11, 30))
    views, visits = sources.find("visits.views").compute, sources.find("visits.visits").compute
    assert views(cast.bim_son, period).value is None
    import_days.import_days([(date(2023, 11, 5), 70), (date(2023, 11, 6), 30), (date(2023, 12, 1), 9)], site=site.pk, name="cũ", by=None)
    assert (views(cast.bim_son, period).value, visits(cast.bim_son, period).value) == (100, None)
    assert views(cast.quang_trung, period).value is None
