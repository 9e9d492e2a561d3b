import itertools
from datetime import date

from kheo.organizations import queries
from kheo.organizations.actions import load_reference
from kheo.organizations.models import Organization, OrganizationVersion, Succession

THEN = date(2023, 6, 1)
AFTER = date(2025, 7, 1)


def test_loading_twice_adds_nothing(bim_son):
    before = [Organization.objects.count(), OrganizationVersion.objects.count(), Succession.objects.count()]
    again = load_reference.load_bim_son()
    assert again == bim_son
    assert before == [Organization.objects.count(), OrganizationVersion.objects.count(), Succession.objects.count()]


def test_codes_resolve_by_date(bim_son):
    assert queries.by_code("381").organization == bim_son["town"]
    assert queries.by_code("14812").organization == bim_son["bim-son"]
    assert queries.by_code("14812@2023-06-01").organization == bim_son["ba-dinh"]
    assert queries.by_code("14812@2025-06-30").organization == bim_son["ba-dinh"]
    assert queries.by_code("14812@2025-07-01").organization == bim_son["bim-son"]
    assert queries.by_code("381@2025-07-01") is None
    assert queries.by_code("x y") is None


def test_a_name_means_the_unit_of_its_day_and_place(bim_son):
    found = queries.by_name("dong son", THEN, within=bim_son["town"])
    assert [v.organization for v in found] == [bim_son["dong-son"]]
    today = queries.by_name("Đông Sơn", AFTER)
    assert [v.code for v in today] == ["16378"]


def test_search_leads_from_the_old_name_to_the_successor(bim_son):
    rows = queries.find("Đông Sơn", AFTER)
    names = {(row.version.code, row.in_force) for row in rows[:2]}
    assert names == {("16378", True), ("14821", False)}
    former = next(row for row in rows if row.version.code == "14821")
    assert [name for name, _slug, _on in former.successors] == ["Phường Bỉm Sơn"]


def test_new_wards_reach_their_part_of_the_former_town(bim_son):
    reached = queries.reach_ids([bim_son["bim-son"].pk])
    assert bim_son["ba-dinh"].pk in reached
    assert bim_son["ha-vinh"].pk in reached
    assert bim_son["bac-son"].pk not in reached
    assert bim_son["quang-trung"].pk not in reached


def test_the_standing_body_changes_on_the_day(bim_son):
    held = queries.mandate_holder(bim_son["town"], load_reference.STANDING_BODY, date(2025, 6, 30))
    assert str(held.organization) == "Ban Dân vận Thị ủy Bỉm Sơn"
    assert queries.mandate_holder(bim_son["town"], load_reference.STANDING_BODY, AFTER) is None
    now = queries.mandate_holder(bim_son["quang-trung"], load_reference.STANDING_BODY, AFTER)
    assert str(now.organization) == "Ủy ban MTTQ Việt Nam phường Quang Trung"


def test_groups_pass_with_names_that_differ_inside_the_new_ward(bim_son):
    names = list(
        queries.children(bim_son["bim-son"], AFTER).filter(kind__code="residential-group").values_list("name", flat=True)
    )
    assert len(names) == len(set(names)) == 20
    assert "Khu phố 1 Ba Đình" in names


def test_no_version_outlives_its_parent_and_none_overlap(bim_son):
    spans: dict[int, list] = {}
    for v in OrganizationVersion.objects.order_by("valid_from"):
        spans.setdefault(v.organization_id, []).append(v)
    for versions in spans.values():
        for first, second in itertools.pairwise(versions):
            assert first.valid_to is not None
            assert first.valid_to <= second.valid_from
    for v in OrganizationVersion.objects.exclude(parent=None):
        above = spans[v.parent_id]
        assert above[0].valid_from <= v.valid_from
        assert above[-1].valid_to is None or (v.valid_to is not None and v.valid_to <= above[-1].valid_to)
