"""The list of people and the page of one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kheo.accounts import queries
from kheo.accounts.models import Role, User
from tests import cast as cast_module

INDEX = "/ban-lam-viec/tai-khoan/"


def names(found):
    return [user.username for user in found]


def test_it_works(cast, signed_in):
    page = signed_in(cast.admin).get(INDEX)
    assert page.status_code == 200
    assert "Cán bộ tổng hợp" in page.content.decode()
    assert signed_in(cast.admin).get(reverse("accounts_desk:person", args=[cast.officer.pk])).status_code == 200


def test_only_people_within_reach(cast, local_admin):
    far = cast_module.person("nguoiqt", "Người Quang Trung", (Role.RECEIVER, cast.quang_trung))
    found = names(queries.visible_to(local_admin))
    assert far.username not in found
    assert cast.officer_elsewhere.username not in found
    assert {"canbo", "dangky", "nguoingoai"} <= set(found)


@pytest.mark.parametrize("who", ["officer", "leader", "auditor", "outsider"])
def test_others_see_nobody(cast, who):
    assert not queries.visible_to(getattr(cast, who)).exists()


def test_owner_sees_everyone(cast, owner, signed_in):
    assert queries.visible_to(owner).count() == User.objects.count()
    assert signed_in(owner).get(INDEX).status_code == 200


def test_owner_is_hidden_from_administrators(cast, owner):
    assert owner not in queries.visible_to(cast.admin)


def test_sorted_by_given_name(cast):
    for number, name in enumerate(["Trần Thị Ấu", "Lê Văn Đức", "Nguyễn Thị Ánh", "Phạm Dũng", "Bùi Văn An"]):
        cast_module.person(f"xep{number}", name)
    found = [u.full_name for u in queries.listing(cast.admin) if u.username.startswith("xep")]
    assert found == ["Bùi Văn An", "Nguyễn Thị Ánh", "Trần Thị Ấu", "Phạm Dũng", "Lê Văn Đức"]


@pytest.mark.parametrize("words", ["can bo tong hop", "Cán Bộ", "CANBO", "canbo@example.vn"])
def test_search(cast, words):
    assert "canbo" in names(queries.listing(cast.admin, words=words))
    assert "lanhdao" not in names(queries.listing(cast.admin, words=words))


def test_filters(cast):
    assert names(queries.listing(cast.admin, role="leader")) == ["lanhdao"]
    assert names(queries.listing(cast.admin, state="without")) == ["nguoingoai"]
    User.objects.filter(username="canbo").update(is_active=False)
    assert names(queries.listing(cast.admin, state="closed")) == ["canbo"]
    assert "canbo" not in names(queries.listing(cast.admin, state="active"))
    assert names(queries.listing(cast.admin, unit=cast.groups["ba-dinh-1"].pk)) == ["dangky"]


def test_idle_accounts(cast):
    now = timezone.now()
    User.objects.update(last_login=now, date_joined=now)
    User.objects.filter(username="canbo").update(last_login=now - dt.timedelta(days=46))
    User.objects.filter(username="lanhdao").update(last_login=now - dt.timedelta(days=44))
    User.objects.filter(username="dangky").update(last_login=None, date_joined=now - dt.timedelta(days=46))
    User.objects.filter(username="bientap").update(last_login=now - dt.timedelta(days=90), is_active=False)
    assert set(names(queries.listing(cast.admin, state="idle"))) == {"canbo", "dangky"}


def test_number_of_queries_does_not_grow(cast, signed_in, django_assert_max_num_queries):
    for number in range(40):
        cast_module.person(f"them{number}", f"Người Thêm {number}", (Role.RECEIVER, cast.bim_son))
    client = signed_in(cast.admin)
    client.get(INDEX)
    with django_assert_max_num_queries(40):
        client.get(INDEX)


def test_stranger_has_no_page(cast, signed_in):
    assert signed_in(cast.admin).get(reverse("accounts_desk:person", args=[cast.officer_elsewhere.pk])).status_code == 404


def test_nonsense_in_the_address(cast, signed_in):
    page = signed_in(cast.admin).get(INDEX + "?role=boss&unit=x&state=%00&page=999&q=%F0%9F")
    assert page.status_code == 200
