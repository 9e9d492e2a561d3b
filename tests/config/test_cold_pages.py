"""A page that nothing is kept of, not even in memory, asks the database at most fifteen times."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core import datasets
from kheo.indicators.actions import define
from kheo.indicators.actions.define import Definition
from kheo.news.queries import public as news
from kheo.practices.queries import access
from tests.architecture.rooms import collect

MOST = 15
SINCE = date(2020, 1, 1)
PAGES = ["/", "/tin-tuc/", "/mo-hinh/", "/gioi-thieu/", "/tim-kiem/?q=rac", "/thu-tuc-hanh-chinh/", "/khen-thuong/", "/bao-cao/", "/don-vi/", "/van-ban/", "/lanh-dao/", "/co-cau-to-chuc/", "/so-do-trang/", "/truy-cap/", "/thu-tuc-hanh-chinh/thong-ke/", "/mo-hinh/nhan-rong/", "/lich-lam-viec/", "/kiem-tra/", "/du-lieu-mo/", "/chi-tieu/", "/chi-tieu/ke-hoach/", "/chi-tieu/practices_registered/", "/chi-tieu/tang_mo_hinh/", *(f"/du-lieu-mo/{table.code}/" for table in datasets.every())]


@pytest.fixture
def addresses(cast) -> list[str]:
    walk = collect("pages", cast)
    counted()
    article, practice = news.public(news.site_of(None)).first(), access.public().first()
    return [*PAGES, f"/don-vi/{cast.bim_son.slug}/", f"/don-vi/{cast.town.slug}/", f"/tin-tuc/{article.slug}/", f"/mo-hinh/{practice.slug}/",
            *(address for user, address in walk.values() if user is None and address.startswith(("/chi-tieu/", "/kiem-tra/", "/du-lieu-mo/")))]


def counted() -> None:
    """Indicators that the rooms count, one for each of ten sources, and one worked out from them for two years."""
    sources = [f"practices.{step}" for step in ("registered", "running", "recognized", "exemplary", "replicated")]
    for code in [*sources, "practices.registered.economy", "practices.running.economy", "procedures.received", "procedures.settled", "procedures.pending"]:
        define.define(code.replace(".", "_"), Definition(code, "mô hình", SINCE, source="computed", source_code=code), by=None)
    define.define("tang_mo_hinh", Definition("Tăng so với năm trước", "%", SINCE, source="formula", formula="growth(practices_registered, 1) + procedures_received"), by=None)


def test_it_works(client, addresses):
    asked = {}
    for address in addresses:
        client.get(address)  # the smaller copies of a picture are made once and for all
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        asked[address] = len(queries)
    assert {address: count for address, count in asked.items() if count > MOST} == {}
