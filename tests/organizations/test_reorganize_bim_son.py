from datetime import date

import pytest

from kheo.core.errors import InvalidInput
from kheo.organizations import queries, rules
from kheo.organizations.actions import reorganize
from tests.cast import document


def test_two_groups_of_one_name_cannot_meet_in_one_ward(bim_son):
    groups = [
        queries.children(bim_son[key], date(2023, 1, 1)).get(name="Khu phố 1").organization_id for key in ("ba-dinh", "lam-son")
    ]
    plan = rules.Plan(
        "merge", date(2023, 1, 1), (bim_son["ba-dinh"].pk, bim_son["lam-son"].pk),
        (rules.Successor(new=rules.NewUnit("Phường Mới", "ward", bim_son["town"].pk)),),
        moves=tuple(rules.Move(pk, 0) for pk in groups),
    )
    problems = reorganize.preview(plan).problems
    assert any("“Khu phố 1”" in words for words in problems)


def test_a_reorganization_in_the_middle_of_later_changes_is_refused(bim_son):
    number = queries.children(bim_son["ba-dinh"], date(2023, 1, 1)).get(name="Khu phố 1").organization_id
    plan = rules.Plan("rename", date(2020, 1, 1), (number,), change=rules.Change(name="Khu phố Một"))
    with pytest.raises(InvalidInput):
        reorganize.carry_out(plan, decision=document(), by=None)
