from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.permissions import permission_policy as collection_permission_policy
from wagtail.models import Collection, Page, Site

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.organizations.models import Organization
from kheo.portal.actions import announce_stop, check_section, found_site, move_site, write_leader
from kheo.portal.models import (
    Leader,
    PlannedStop,
    SectionCheck,
    SectionKind,
    SectionPage,
    SiteIdentity,
)
from kheo.portal.queries import sections


@pytest.fixture
def site(cast):
    return found_site.found_site(cast.bim_son, host="testserver", name="Phường Bỉm Sơn", by=None, default=True)


@pytest.fixture
def history(site, cast):
    kind = SectionKind.objects.get(code="lich-su")
    page = SectionPage(title="Lịch sử", slug="lich-su", kind=kind, owner_unit=cast.bim_son, lead="Từ năm 2025.", body=[("text", "<p>Ba phường và một xã.</p>")])
    site.root_page.add_child(instance=page)
    page.save_revision().publish()
    return page


def state(site, code):
    return next(s for s in sections.standings(site) if s.kind.code == code)


def test_it_works(site, history, cast, signed_in):
    assert (state(site, "lich-su").state, state(site, "di-tich").state, state(site, "lien-he").state) == ("fine", "missing", "empty")
    SiteIdentity.objects.filter(site=site).update(phone="0237 000 000")
    assert state(site, "lien-he").state == "never"
    page = signed_in(cast.editor).post(reverse("portal:check_section", args=["lien-he"]), {"note": "Đúng"})
    assert page.status_code == 302
    assert state(site, "lien-he").state == "fine"
    assert Entry.objects.filter(verb="portal.check_section").exists()


def test_people_read_it(site, history, client):
    shown = client.get("/lich-su/").content.decode()
    assert "Ba phường và một xã." in shown
    assert "Phường Bỉm Sơn" in shown
    assert "Lịch sử" in client.get(reverse("portal:introduction")).content.decode()


def test_an_empty_page_is_told(site, cast):
    kind = SectionKind.objects.get(code="di-tich")
    page = SectionPage(title="Di tích", slug="di-tich", kind=kind)
    site.root_page.add_child(instance=page)
    page.save_revision().publish()
    assert state(site, "di-tich").state == "empty"


def test_a_section_grows_old(site, history):
    later = timezone.localdate() + timedelta(days=400)
    assert next(s for s in sections.standings(site, later) if s.kind.code == "lich-su").state == "stale"


def test_the_board_asks_a_fixed_number_of_queries(site, history, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        sections.standings(site)


def test_machines_read_the_same(site, history, client):
    told = client.get(reverse("portal:self_check")).json()
    assert {s["code"]: s["state"] for s in told["sections"]}["lich-su"] == "fine"
    assert sum(told["counts"].values()) == len(told["sections"])


def test_editors_of_another_ward_may_not(site, cast):
    elsewhere = found_site.found_site(cast.wards["ba-dinh"].__class__.objects.get(slug="phuong-khac"), host="khac.test", name="Phường Khác", by=None)
    with pytest.raises(Refused):
        check_section.check_section(elsewhere, SectionKind.objects.first(), by=cast.editor)
    assert not SectionCheck.objects.exists()


def soon(days, hour=22):
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time())) + timedelta(hours=hour)


def test_a_stop_is_announced_on_every_page(site, cast, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = announce_stop.announce_stop(site, starts_at=soon(40), ends_at=soon(40, 23), reason="Nâng cấp", by=cast.editor)
    assert "Nâng cấp" in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        announce_stop.cancel_stop(made, by=cast.editor)
    assert "Nâng cấp" not in client.get("/").content.decode()


def test_seven_working_days_or_a_reason(site, cast):
    first = announce_stop.earliest(site).end
    with pytest.raises(InvalidInput) as refused:
        announce_stop.announce_stop(site, starts_at=soon(1), ends_at=soon(2), reason="Gấp", by=cast.editor)
    assert f"{first:%d/%m/%Y}" in str(refused.value.message)
    assert announce_stop.announce_stop(site, starts_at=soon(1), ends_at=soon(2), reason="Gấp", urgent_reason="Sự cố điện", by=cast.editor).pk


@pytest.mark.parametrize(("start", "end"), [(40, 39), (-3, -2)])
def test_a_stop_that_cannot_be(site, cast, start, end):
    with pytest.raises(InvalidInput):
        announce_stop.announce_stop(site, starts_at=soon(start), ends_at=soon(end), reason="X", urgent_reason="X", by=cast.editor)


def test_a_passed_stop_comes_down_by_itself(site, cast):
    announce_stop.announce_stop(site, starts_at=soon(40), ends_at=soon(41), reason="X", by=cast.editor)
    PlannedStop.objects.update(starts_at=soon(-3), ends_at=soon(-2))
    assert (announce_stop.end_stops(), announce_stop.end_stops()) == (1, 0)


def test_a_leader_stands_on_the_page(site, cast, client, signed_in):
    data = {"unit": "14812", "post": "Chủ tịch", "duties": "Điều hành", "order": "1", "valid_from": "01/07/2025"}
    answer = signed_in(cast.editor).post(reverse("portal:add_leader"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert "Điều hành" in client.get(reverse("portal:leaders")).content.decode()


def test_a_leader_of_another_unit_is_refused(site, cast):
    other = cast.quang_trung
    with pytest.raises(InvalidInput):
        write_leader.write_leader(site, {"unit": other, "post": "X", "duties": "Y", "valid_from": date(2026, 1, 1)}, by=cast.editor)


def test_a_post_of_another_site_is_not_taken_over(site, cast, signed_in):
    theirs = Leader.objects.create(unit=Organization.objects.get(slug="phuong-khac"), post="Chủ tịch", duties="Điều hành", valid_from=date(2025, 7, 1))
    own = {"unit": cast.bim_son, "post": "X", "duties": "Y", "valid_from": date(2025, 7, 1)}
    with pytest.raises(Refused):
        write_leader.write_leader(site, own, by=cast.editor, current=theirs)
    assert signed_in(cast.editor).get(reverse("portal:write_leader", args=[theirs.pk])).status_code == 404


def test_two_sites_have_their_own_words(site, cast, client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "quangtrung.test"]
    found_site.found_site(cast.quang_trung, host="quangtrung.test", name="Phường Quang Trung", by=cast.admin)
    assert "Phường Quang Trung" in client.get("/lien-he/", HTTP_HOST="quangtrung.test").content.decode()
    assert "Phường Bỉm Sơn" in client.get("/lien-he/").content.decode()
    assert Site.objects.filter(identity__isnull=False).count() == 2


def test_founding_twice_makes_one(cast):
    made = [found_site.found_site(cast.bim_son, host="a.test", name="A", by=None).pk for _n in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("host", ["", "a b", "http://", "-a.test", "a..b", "10.0.0.5"])
def test_a_host_must_be_one(cast, host):
    with pytest.raises(InvalidInput):
        found_site.found_site(cast.bim_son, host=host, name="A", by=None)


def test_an_address_of_a_page_names_its_host(cast):
    assert found_site.found_site(cast.bim_son, host=" https://A.test/tin-tuc/ ", name="A", by=None).hostname == "a.test"


def test_the_first_site_keeps_its_pages_and_media(cast):
    first, root = Site.objects.get(is_default_site=True), Collection.get_first_root_node()
    file = WagtailDocument.objects.create(title="Kế hoạch", file="documents/ke-hoach.pdf", collection=root)
    made = found_site.found_site(cast.bim_son, host="a.test", name="Phường Bỉm Sơn", by=cast.admin, default=True)
    assert (made.pk, made.root_page_id) == (first.pk, first.root_page_id)
    file.refresh_from_db()
    assert file.collection == made.identity.collection


def test_a_unit_has_one_site_and_moves_it(cast):
    made = found_site.found_site(cast.quang_trung, host="a.test", name="A", by=None)
    with pytest.raises(InvalidInput):
        found_site.found_site(cast.quang_trung, host="b.test", name="A", by=None)
    other = found_site.found_site(cast.bim_son, host="c.test", name="C", by=None)
    with pytest.raises(InvalidInput):
        move_site.move_site(made, host="c.test", by=cast.admin)
    with pytest.raises(Refused):
        move_site.move_site(other, host="d.test", by=cast.editor)
    assert move_site.move_site(made, host="b.test", by=cast.admin).hostname == "b.test"


def test_only_the_units_own_administrator_founds(cast):
    elsewhere = Organization.objects.get(slug="phuong-khac")
    with pytest.raises(Refused):
        found_site.found_site(elsewhere, host="a.test", name="A", by=cast.admin)


def test_an_ended_unit_has_no_site(cast):
    with pytest.raises(InvalidInput):
        found_site.found_site(cast.wards["ba-dinh"], host="a.test", name="A", by=None)


def test_a_host_of_another_is_refused(cast):
    found_site.found_site(cast.bim_son, host="a.test", name="A", by=None)
    with pytest.raises(InvalidInput):
        found_site.found_site(cast.quang_trung, host="a.test", name="B", by=None)


def test_a_wards_editor_cannot_touch_anothers_pages_and_media(site, cast, signed_in):
    other = found_site.found_site(cast.wards["ba-dinh"].__class__.objects.get(slug="phuong-khac"), host="khac.test", name="Phường Khác", by=None)
    for who in (cast.editor, cast.leader, cast.admin):
        client = signed_in(who)
        person = who.__class__.objects.get(pk=who.pk)
        assert site.root_page.permissions_for_user(person).can_add_subpage()
        assert not other.root_page.permissions_for_user(person).can_add_subpage()
        own, others = (client.get(reverse("wagtailadmin_pages:add_subpage", args=[s.root_page_id])) for s in (site, other))
        assert "/pages/add/" in own["Location"]
        assert others["Location"] == "/quan-tri/"
        allowed = collection_permission_policy.collections_user_has_permission_for(person, "add")
        assert set(allowed) == {site.identity.collection}
        for closed in ("api/main/images/", "api/main/documents/1/", "reports/page-types-usage/", "failwhale/"):
            assert client.get(f"/quan-tri/{closed}").status_code == 404
        question = client.get(reverse("wagtailadmin_pages:move_confirm", args=[other.root_page.get_first_child().pk, site.root_page_id]))
        assert question.status_code == 302


def test_a_new_site_takes_the_whole_tree_from_everybody(cast, signed_in):
    signed_in(cast.editor)
    assert Page.get_first_root_node().permissions_for_user(cast.editor.__class__.objects.get(pk=cast.editor.pk)).can_edit
    made = found_site.found_site(cast.bim_son, host="a.test", name="A", by=None)
    person = cast.editor.__class__.objects.get(pk=cast.editor.pk)
    assert made.root_page.permissions_for_user(person).can_add_subpage()
    assert not Page.get_first_root_node().permissions_for_user(person).can_add_subpage()


def test_two_wards_of_one_name_share_nothing(cast, signed_in):
    elsewhere = cast.wards["ba-dinh"].__class__.objects.get(slug="phuong-khac")
    own = found_site.found_site(cast.bim_son, host="a.test", name="Phường Quang Trung", by=None)
    other = found_site.found_site(elsewhere, host="b.test", name="Phường Quang Trung", by=None)
    assert own.root_page_id != other.root_page_id
    signed_in(cast.editor)
    person = cast.editor.__class__.objects.get(pk=cast.editor.pk)
    assert own.root_page.permissions_for_user(person).can_add_subpage()
    assert not other.root_page.permissions_for_user(person).can_add_subpage()


def test_the_first_site_is_claimed_before_the_second_is_founded(cast, signed_in):
    client, address = signed_in(cast.admin), reverse("portal:found_site")
    assert "Trước hết" in client.get(address).content.decode()
    for name, host in (("Phường Bỉm Sơn", "a.test"), ("Phường Quang Trung", "b.test")):
        page = client.post(address, {"unit": name, "name": name, "host": host}, follow=True)
        assert page.status_code == 200 and "KHEO_ALLOWED_HOSTS" in page.content.decode()
    assert list(Site.objects.order_by("hostname").values_list("hostname", "is_default_site")) == [("a.test", True), ("b.test", False)]
    assert "Trước hết" not in client.get(address).content.decode()
