from datetime import date

import pytest

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.organizations import queries, rules
from kheo.organizations.actions import create_unit, give_mandate, reorganize, undo
from kheo.organizations.actions.write_version import VersionData
from kheo.organizations.models import (
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Reorganization,
    Succession,
)
from tests.cast import document, practice

ON = date(2026, 1, 1)


@pytest.fixture
def decision(db):
    return document("185/NQ-HĐND", date(2025, 12, 20), issuer="Hội đồng nhân dân phường")


def state() -> list[tuple]:
    """Everything about units that an undo must bring back."""
    return [
        *OrganizationVersion.objects.order_by("pk").values_list("organization", "name", "parent", "valid_from", "valid_to"),
        *Succession.objects.order_by("pk").values_list("predecessor", "successor", "on"),
        *Organization.objects.order_by("pk").values_list("pk", "slug"),
    ]


def merge(cast, **more) -> rules.Plan:
    """The two wards of today become one."""
    new = rules.NewUnit("Phường Bỉm Sơn Mới", "ward", None, code="14899")
    front = Organization.objects.get(slug="uy-ban-mttq-viet-nam-phuong-bim-son")
    values = {
        "kind": "merge", "on": ON, "predecessors": (cast.bim_son.pk, cast.quang_trung.pk),
        "successors": (rules.Successor(new=new),), "moves": (rules.Move(front.pk, None),), **more,
    }
    return rules.Plan(**values)


def test_it_works(cast, decision):
    plan = merge(cast)
    before = state()
    shown = reorganize.preview(plan, by=cast.admin)
    assert shown.possible, shown.problems
    assert state() == before
    assert {line.name for line in shown.closed} == {"Phường Bỉm Sơn", "Phường Quang Trung", "Ủy ban MTTQ Việt Nam phường Bỉm Sơn"}
    assert any(count.number for count in shown.counts)
    done = reorganize.carry_out(plan, decision=decision, by=cast.admin)
    made = queries.by_code("14899@2026-01-01").organization
    assert {s.predecessor for s in Succession.objects.filter(successor=made)} == {cast.bim_son, cast.quang_trung}
    assert queries.by_code("14812@2026-01-01") is None
    assert queries.by_code("14812@2025-12-31").organization == cast.bim_son
    assert cast.wards["ba-dinh"].pk in queries.reach_ids([made.pk])
    assert Entry.objects.filter(verb="organizations.reorganize", object_id=str(done.pk)).count() == 1


def test_undo_brings_everything_back(cast, decision):
    before = state()
    done = reorganize.carry_out(merge(cast), decision=decision, by=cast.admin)
    assert undo.may_undo(done, by=cast.admin)
    undo.undo(done, by=cast.admin)
    assert state() == before
    done.refresh_from_db()
    assert done.undone_at
    again = reorganize.carry_out(merge(cast), decision=decision, by=cast.admin)
    assert again.pk != done.pk


def test_undo_is_refused_after_the_first_dependent_record(cast, decision):
    done = reorganize.carry_out(merge(cast), decision=decision, by=cast.admin)
    made = queries.by_code("14899@2026-01-01").organization
    practice(cast, organization=made, ward=made)
    verdict = undo.may_undo(done, by=cast.admin)
    assert not verdict
    with pytest.raises(InvalidInput, match="1"):
        undo.undo(done, by=cast.admin)
    assert Organization.objects.filter(pk=made.pk).exists()


def test_undo_is_refused_after_a_later_change_of_the_units(cast, decision):
    done = reorganize.carry_out(merge(cast), decision=decision, by=cast.admin)
    made = queries.by_code("14899@2026-01-01").organization
    kind = OrganizationKind.objects.get(code="residential-group")
    create_unit.create_unit(VersionData("Khu phố Mới", kind, ON, parent=made), by=None)
    with pytest.raises(InvalidInput, match="Khu phố Mới"):
        undo.undo(done, by=cast.admin)


def test_undoing_twice_is_refused(cast, decision):
    done = reorganize.carry_out(merge(cast), decision=decision, by=cast.admin)
    undo.undo(done, by=cast.admin)
    with pytest.raises(Exception, match=r"\d\d/\d\d/\d{4}"):
        undo.undo(done, by=cast.admin)


def test_units_below_must_be_spoken_for(cast):
    shown = reorganize.preview(merge(cast, moves=()), by=cast.admin)
    assert any("Ủy ban MTTQ Việt Nam phường Bỉm Sơn" in words for words in shown.problems)


def test_without_a_decision_it_is_refused(cast):
    with pytest.raises(InvalidInput):
        reorganize.carry_out(merge(cast), decision=None, by=cast.admin)


def test_outsiders_and_officers_are_refused(cast, decision):
    for person in (cast.outsider, cast.officer, cast.officer_elsewhere, cast.auditor):
        with pytest.raises(Refused):
            reorganize.carry_out(merge(cast), decision=decision, by=person)
        assert not reorganize.preview(merge(cast), by=person).possible


def test_twice_is_refused(cast, decision):
    reorganize.carry_out(merge(cast), decision=decision, by=cast.admin)
    with pytest.raises(InvalidInput):
        reorganize.carry_out(merge(cast), decision=decision, by=cast.admin)
    assert Reorganization.objects.count() == 1


def test_a_split_may_leave_the_old_unit_a_part(cast, decision):
    new = rules.Successor(new=rules.NewUnit("Phường Phú Sơn Mới", "ward", None))
    plan = rules.Plan("split", ON, (cast.bim_son.pk,), (new,), partial=frozenset({cast.bim_son.pk}))
    reorganize.carry_out(plan, decision=decision, by=cast.admin)
    assert queries.by_code("14812@2026-06-01").organization == cast.bim_son
    assert Succession.objects.get(predecessor=cast.bim_son).partial


def test_rename_keeps_the_unit_and_the_old_name_for_earlier_days(cast, decision):
    plan = rules.Plan("rename", ON, (cast.bim_son.pk,), change=rules.Change(name="Phường Bỉm Sơn Đông"))
    reorganize.carry_out(plan, decision=decision, by=cast.admin)
    assert queries.name_on(cast.bim_son, date(2025, 12, 31)) == "Phường Bỉm Sơn"
    assert queries.name_on(cast.bim_son, ON) == "Phường Bỉm Sơn Đông"


def test_transfer_gives_a_new_superior_unit(cast, decision):
    kind = OrganizationKind.objects.get(code="residential-group")
    group = create_unit.create_unit(VersionData("Khu phố Tân", kind, date(2025, 7, 1), parent=cast.bim_son), by=cast.admin)
    plan = rules.Plan("transfer", ON, (group.pk,), to_parent=cast.quang_trung.pk)
    done = reorganize.carry_out(plan, decision=decision, by=cast.admin)
    assert queries.area_of(group, ON) == cast.quang_trung
    assert queries.area_of(group, date(2025, 12, 31)) == cast.bim_son
    undo.undo(done, by=cast.admin)
    assert queries.area_of(group, ON) == cast.bim_son


def test_duties_end_with_the_unit_and_come_back(cast, decision):
    front = Organization.objects.get(slug="uy-ban-mttq-viet-nam-phuong-bim-son")
    held = give_mandate.give_mandate(front, cast.bim_son, "Thường trực", date(2025, 8, 1), by=cast.admin)
    done = reorganize.carry_out(merge(cast), decision=decision, by=cast.admin)
    held.refresh_from_db()
    assert held.valid_to == ON
    undo.undo(done, by=cast.admin)
    held.refresh_from_db()
    assert held.valid_to is None
