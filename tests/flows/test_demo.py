"""The demo loads through the verbs, once, and holds what it promises."""

from __future__ import annotations

import pytest
from django.core import mail

from kheo.accounts.models import User
from kheo.audit import queries as audit
from kheo.commendations.models import Commendation
from kheo.config.demo import people, story
from kheo.organizations.actions import load_reference
from kheo.organizations.models import OrganizationVersion
from kheo.practices.models import Practice
from kheo.practices.rules import State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAMED = [
    "Khu dân cư không có hộ nghèo", "giải phóng|bàn giao mặt bằng", "Hiến đất mở rộng đường", "Hiến đất làm đường, trường học", "camera an ninh",
    "Tổ Cựu chiến binh", "kiểm sát viên", "hòa giải cộng đồng", "Chính quyền thân thiện",
]


def test_the_demo(settings):
    load_reference.load_kinds()
    given = dict.fromkeys((name for name, *_rest in people.PEOPLE), "khu-pho-van-hoa-2023")
    count = story.load(given, lambda items, _title, total=None: items)
    assert count >= 120
    practices = Practice.objects.select_related("cycle", "field", "ward")
    assert {p.state for p in practices} == {s.value for s in State}
    assert {p.cycle.code for p in practices} >= {"2022", "2023"}
    this = practices.filter(cycle__code="2023")
    assert {p.field.code for p in this if p.field} == {"economy", "culture-society", "defence-security", "political-system"}
    town = OrganizationVersion.objects.get(code="381").organization
    wards = {v.organization_id for v in OrganizationVersion.objects.filter(parent=town, kind__is_area=True)}
    assert len(wards) == 7
    assert wards <= {p.ward_id for p in this}
    titles = "\n".join(p.title for p in practices)
    for words in NAMED:
        assert any(word in titles for word in words.split("|")), words
    origin = this.get(title=NAMED[0], parent=None)
    assert len({r.ward_id for r in origin.replicas.all()}) == 5
    assert Commendation.objects.count() >= 4
    assert {u.username for u in User.objects.all()} >= {"canbo", "thamdinh", "lanhdao", "bientap", "motcua", "dangky", "quantri"}
    assert audit.verify() == []
    assert mail.outbox == []
    assert story.exists()
