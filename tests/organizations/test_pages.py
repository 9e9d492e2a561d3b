import html
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kheo.organizations import sections
from kheo.organizations.models import Organization, OrganizationVersion, Reorganization


@pytest.fixture
def boss(bim_son, django_user_model):
    """An administrator of the new ward of Bỉm Sơn, loaded place."""
    from tests.cast import person

    return person("quanly", "Quản lý", ("admin", bim_son["bim-son"]))


def test_public_list_shows_areas(client, bim_son):
    page = client.get("/don-vi/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Phường Bỉm Sơn" in text
    assert "/don-vi/thi-xa-bim-son/" not in text
    then = client.get("/don-vi/", {"day": "01/06/2023"}).content.decode()
    assert "/don-vi/thi-xa-bim-son/" in then


def test_search_of_an_old_name_leads_to_the_successor(client, bim_son):
    text = client.get("/don-vi/", {"q": "dong son"}).content.decode()
    assert "/don-vi/phuong-dong-son-bim-son/" in text
    assert "/don-vi/phuong-bim-son/" in text
    assert "/don-vi/phuong-dong-son/" in text


@pytest.mark.parametrize("query", [{"q": "x" * 500}, {"day": "31/02/2020"}, {"kind": "nope"}, {"page": "999"}, {"area": "nope"}, {"q": "<script>"}])
def test_odd_addresses_never_fail(client, bim_son, query):
    assert client.get("/don-vi/", query).status_code == 200


def test_former_unit_shows_its_last_day_and_successors(client, bim_son):
    text = client.get("/don-vi/thi-xa-bim-son/").content.decode()
    assert "30/06/2025" in text
    assert "/don-vi/phuong-quang-trung/" in text
    assert "Phường Ba Đình" in text
    ward = client.get("/don-vi/phuong-bim-son/", {"day": "hôm nay"})
    assert ward.status_code == 200
    assert "Phường Ba Đình" in ward.content.decode()


def test_unknown_address_is_404(client, bim_son):
    assert client.get("/don-vi/khong-co/").status_code == 404


def test_sections_of_apps_above_are_shown(client, bim_son, monkeypatch):
    monkeypatch.setattr(sections, "_blocks", [lambda unit, day: sections.Section("organizations/span.html", {"x": 1})])
    assert client.get("/don-vi/phuong-bim-son/").status_code == 200


def test_lists_take_a_fixed_number_of_queries(client, bim_son, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        client.get("/don-vi/", {"branch": "state"})
    with django_assert_max_num_queries(10):
        client.get("/don-vi/")


def test_desk_is_closed_to_strangers(client, bim_son):
    assert client.get(reverse("organizations_desk:index")).status_code in (302, 403)


def test_desk_pages_open(signed_in, boss, bim_son):
    client = signed_in(boss)
    pk = bim_son["bim-son"].pk
    version = OrganizationVersion.objects.get(organization=pk)
    addresses = [
        reverse("organizations_desk:index"), reverse("organizations_desk:index") + "?q=khu+pho&page=2",
        reverse("organizations_desk:create_unit") + f"?parent={pk}", reverse("organizations_desk:detail", args=[pk]),
        reverse("organizations_desk:detail", args=[bim_son["town"].pk]),
        reverse("organizations_desk:change_version", args=[pk]), reverse("organizations_desk:correct_version", args=[version.pk]),
        reverse("organizations_desk:give_mandate", args=[pk]), reverse("organizations_desk:choose"),
        reverse("organizations_desk:result", args=[Reorganization.objects.first().pk]),
        *(reverse("organizations_desk:plan", args=[slug]) for slug in ("hop-nhat", "chia-tach", "doi-ten", "chuyen", "giai-the")),
    ]
    for address in addresses:
        assert client.get(address).status_code == 200, address
    xlsx = client.get(reverse("organizations_desk:download"), {"q": "=HYPERLINK"})
    assert xlsx.content[:2] == b"PK"


def test_a_unit_is_added_changed_and_given_a_duty(signed_in, boss, bim_son):
    client = signed_in(boss)
    address = reverse("organizations_desk:create_unit")
    kind = OrganizationVersion.objects.filter(name="Khu phố 1 Ba Đình").first().kind_id
    wrong = client.post(address, {"name": "", "kind": kind, "parent": "Phường Không Có", "start": "31/02/2025"})
    assert wrong.status_code == 200
    good = client.post(address, {"name": "Khu phố Mới", "kind": kind, "parent": "Phường Bỉm Sơn – Tỉnh Thanh Hóa", "start": "01/01/2026"})
    assert good.status_code == 302
    unit = Organization.objects.get(versions__name="Khu phố Mới")
    changed = client.post(
        reverse("organizations_desk:change_version", args=[unit.pk]),
        {"name": "Khu phố Mới Hai", "kind": kind, "parent": "14812", "on": "01/03/2026"},
    )
    assert changed.status_code == 302
    assert unit.versions.count() == 2
    duty = client.post(
        reverse("organizations_desk:give_mandate", args=[unit.pk]),
        {"function": "Thường trực khác", "area": "14812", "start": "01/04/2026", "cite": "on", "decision-number": "5/QĐ-UBND",
         "decision-kind": "Quyết định", "decision-title": "Giao nhiệm vụ", "decision-issuer": "Ủy ban nhân dân phường", "decision-issued_on": "30/03/2026"},
    )
    assert duty.status_code == 302
    assert unit.mandates.get().basis.number == "5/QĐ-UBND"


def test_the_whole_wizard_from_plan_to_undo(signed_in, boss, bim_son):
    client = signed_in(boss)
    first, second = (OrganizationVersion.objects.get(name=name, valid_to=None) for name in ("Khu phố 1 Ba Đình", "Khu phố 2 Ba Đình"))
    posted = client.post(reverse("organizations_desk:plan", args=["hop-nhat"]), {
        "on": "01/01/2026", "note": "", "units-TOTAL_FORMS": "2", "units-INITIAL_FORMS": "0", "units-MIN_NUM_FORMS": "1", "units-MAX_NUM_FORMS": "60",
        "units-0-unit": "Khu phố 1 Ba Đình", "units-1-unit": "Khu phố 2 Ba Đình – Phường Bỉm Sơn",
        "after-TOTAL_FORMS": "1", "after-INITIAL_FORMS": "0", "after-MIN_NUM_FORMS": "1", "after-MAX_NUM_FORMS": "30",
        "after-0-name": "Khu phố Ba Đình Một", "after-0-kind": "residential-group", "after-0-parent": "14812",
    })
    assert posted.status_code == 302
    preview = client.get(posted.url)
    assert preview.status_code == 200
    assert "Khu phố Ba Đình Một" in preview.content.decode()
    assert not Organization.objects.filter(versions__name="Khu phố Ba Đình Một").exists()
    refused = client.post(posted.url, {"decision-number": ""})
    assert refused.status_code == 200
    done = client.post(posted.url, {
        "decision-number": "10/NQ-HĐND", "decision-kind": "Nghị quyết", "decision-title": "Sáp nhập khu phố",
        "decision-issuer": "Hội đồng nhân dân phường Bỉm Sơn", "decision-issued_on": "20/12/2025",
    })
    assert done.status_code == 302
    first.refresh_from_db()
    assert first.valid_to == date(2026, 1, 1)
    assert client.get(done.url).status_code == 200
    row = Reorganization.objects.order_by("-pk").first()
    assert client.post(reverse("organizations_desk:undo", args=[row.pk])).status_code == 302
    first.refresh_from_db()
    assert first.valid_to is None
    second.refresh_from_db()
    assert second.valid_to is None


def test_the_wizard_asks_what_becomes_of_the_units_below(signed_in, boss, bim_son):
    client = signed_in(boss)
    posted = client.post(reverse("organizations_desk:plan", args=["giai-the"]), {
        "on": "01/01/2026", "units-TOTAL_FORMS": "1", "units-INITIAL_FORMS": "0", "units-0-unit": "14812",
        "after-TOTAL_FORMS": "1", "after-INITIAL_FORMS": "0", "after-0-existing": "14818",
    })
    assert posted.url == reverse("organizations_desk:below")
    assert "Khu phố 1 Ba Đình" in client.get(posted.url).content.decode()


def test_pages_without_a_plan_lead_back(signed_in, boss):
    client = signed_in(boss)
    for name in ("below", "preview"):
        assert client.get(reverse(f"organizations_desk:{name}")).url == reverse("organizations_desk:choose")


def test_an_end_that_is_decided_and_not_yet_come(client, bim_son):
    """The unit still exists, and its page says until when; from the day on it is a former one."""
    versions = OrganizationVersion.objects.filter(organization__slug="phuong-bim-son")
    day = timezone.localdate() + timedelta(days=9)
    versions.update(valid_to=day)
    last = f"{day - timedelta(days=1):%d/%m/%Y}"
    before = html.unescape(client.get("/don-vi/phuong-bim-son/").content.decode())
    assert f"Đơn vị hoạt động đến hết ngày {last}" in before
    assert "đã kết thúc" not in before
    assert f"tính đến ngày {timezone.localdate():%d/%m/%Y}" in before
    with time_machine.travel(datetime.combine(day, time(12)), tick=False):
        after = html.unescape(client.get("/don-vi/phuong-bim-son/").content.decode())
    assert f"Đơn vị tồn tại đến hết ngày {last}" in after
