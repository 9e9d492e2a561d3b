"""Change what the site says about itself."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils.translation import override

from kheo.audit.models import Entry
from kheo.core.errors import Refused
from kheo.portal import queries
from kheo.portal.actions.identify import identify

URL = "/ban-lam-viec/cong-thong-tin/"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()


def test_it_works(cast, signed_in, django_capture_on_commit_callbacks):
    client = signed_in(cast.admin)
    assert client.get(URL).status_code == 200
    assert queries.site_identity()["name"] == "Phường Bỉm Sơn"
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(URL, {"name": "Phường Quang Trung", "name_en": "Quang Trung Ward", "email": "a@example.vn"})
    assert response.status_code == 302
    assert queries.site_identity()["name"] == "Phường Quang Trung"
    with override("en"):
        assert queries.site_identity()["name"] == "Quang Trung Ward"
    entry = Entry.objects.get(verb="portal.identify")
    assert "Phường Quang Trung" in str(entry.details)


def test_saving_the_same_twice_writes_one_audit_row(cast):
    for _turn in range(2):
        identify({"name": "Phường A"}, by=cast.admin)
    assert Entry.objects.filter(verb="portal.identify").count() == 1


@pytest.mark.parametrize("who", ["officer", "editor", "leader", "registrant", "auditor"])
def test_others_may_not(cast, signed_in, who):
    assert signed_in(getattr(cast, who)).post(URL, {"name": "X"}).status_code == 403
    with pytest.raises(Refused):
        identify({"name": "X"}, by=getattr(cast, who))


def test_strangers_sign_in_first(client, cast):
    assert client.get(URL).status_code == 302


def test_bad_mail_is_refused_in_words(cast, signed_in):
    response = signed_in(cast.admin).post(URL, {"name": "X", "email": "không phải"})
    assert response.status_code == 200
    assert response.context["form"].errors["email"]


def test_few_queries_then_none(cast, django_assert_max_num_queries, django_assert_num_queries):
    with django_assert_max_num_queries(4):
        queries.site_identity()
    with django_assert_num_queries(0):
        queries.site_identity()
