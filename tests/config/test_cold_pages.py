"""A page that nothing is kept of, not even in memory, asks the database at most fifteen times."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.news.queries import public as news
from kheo.practices.queries import access
from tests.architecture.rooms import collect

MOST = 15
PAGES = ["/", "/tin-tuc/", "/mo-hinh/", "/gioi-thieu/", "/tim-kiem/?q=rac", "/thu-tuc-hanh-chinh/", "/khen-thuong/", "/bao-cao/", "/don-vi/", "/van-ban/", "/lanh-dao/", "/co-cau-to-chuc/", "/so-do-trang/", "/truy-cap/", "/thu-tuc-hanh-chinh/thong-ke/", "/mo-hinh/nhan-rong/", "/lich-lam-viec/", "/kiem-tra/", "/du-lieu-mo/"]


@pytest.fixture
def addresses(cast) -> list[str]:
    collect("pages", cast)
    article, practice = news.public(news.site_of(None)).first(), access.public().first()
    return [*PAGES, f"/don-vi/{cast.bim_son.slug}/", f"/don-vi/{cast.town.slug}/", f"/tin-tuc/{article.slug}/", f"/mo-hinh/{practice.slug}/"]


def test_it_works(client, addresses):
    asked = {}
    for address in addresses:
        client.get(address)  # the smaller copies of a picture are made once and for all
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        asked[address] = len(queries)
    assert {address: count for address, count in asked.items() if count > MOST} == {}
