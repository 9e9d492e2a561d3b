"""Coverage: distinct units done of those active; who is missing, since when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.inspections import rules
from kheo.inspections.actions import hold, plan
from kheo.inspections.models import Inspection, Plan, Programme
from kheo.inspections.queries import coverage, programmes, shares
from kheo.inspections.rules import Check, Kind, State
from tests.inspections.conftest import merge_away

END = date(2023, 12, 15)


def test_it_works(scene):
    for ward in scene.committees:
        scene.held(ward)
    found = coverage.of(scene.plan, END)
    assert (found.numerator, found.denominator, found.value, found.as_of) == (7, 7, Decimal("100.0"), END)
    assert coverage.board(scene.plan, END).missing == []


def test_the_town_committee_is_not_among_those_of_wards(scene):
    names = [version.name for version in coverage.active(scene.plan, END)]
    assert len(names) == 7 and "Thị ủy Bỉm Sơn" not in names


def test_two_checks_of_one_unit_count_once(scene):
    scene.held("ba-dinh")
    scene.held("ba-dinh", on=date(2023, 8, 1))
    assert coverage.of(scene.plan, END).numerator == 1


def test_planned_and_cancelled_checks_do_not_count(scene):
    scene.check("ba-dinh")
    hold.cancel(scene.check("bac-son"), reason="Hoãn", by=scene.cast.officer)
    assert coverage.of(scene.plan, END).numerator == 0


def test_a_check_after_the_day_does_not_count_yet(scene):
    scene.held("ba-dinh", on=date(2023, 9, 1))
    assert coverage.of(scene.plan, date(2023, 8, 31)).numerator == 0
    assert coverage.of(scene.plan, date(2023, 9, 1)).numerator == 1


def test_a_merged_unit_leaves_on_its_date(scene):
    scene.held("ba-dinh")
    merge_away(scene, "ba-dinh", date(2023, 10, 1))
    before, after = coverage.of(scene.plan, date(2023, 9, 30)), coverage.of(scene.plan, date(2023, 10, 1))
    assert (before.numerator, before.denominator) == (1, 7)
    assert (after.numerator, after.denominator) == (0, 6)
    assert [version.name for version in coverage.board(scene.plan, END).left] == ["Đảng ủy Phường Ba Đình"]


def test_who_is_missing_since_when(scene):
    scene.held("ba-dinh")
    board = coverage.board(scene.plan, END)
    missing = {row.version.name: row for row in board.missing}
    assert len(missing) == 6 and "Đảng ủy Phường Ba Đình" not in missing
    assert {row.missing_since for row in missing.values()} == {date(2023, 3, 1)}
    done = next(row for row in board.rows if row.done)
    assert [kind.label for kind in Inspection.Kind if kind.label in done.missing] == [Inspection.Kind.SUPERVISION.label, Inspection.Kind.SELF.label]


def test_each_kind_has_its_own_coverage(scene):
    scene.held("ba-dinh")
    by_kind = {code: found for code, _label, found in coverage.board(scene.plan, END).by_kind}
    assert (by_kind["inspection"].numerator, by_kind["supervision"].numerator) == (1, 0)


def test_no_unit_is_no_percentage():
    assert rules.coverage([], set(), END, END).value is None


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(scene, django_assert_max_num_queries):
    for ward in scene.committees:
        scene.held(ward)
    with django_assert_max_num_queries(22):
        coverage.board(scene.plan, END)


@pytest.mark.django_db
def test_shares_of_many_are_those_of_each(scene, django_assert_num_queries):
    scene.held("ba-dinh")
    scene.check("lam-son")
    other = Plan.objects.get(pk=scene.plan.pk)
    other.pk, other.slug, other.ends_on = None, "ke-hoach-khac", date(2025, 6, 30)
    other.save()  # another time, and units of any parent
    plans, asked = list(Plan.objects.order_by("pk")), list(Programme.objects.all())
    assert len(plans) == 2 and asked
    with django_assert_num_queries(7):
        units = shares.Units()
        found, launched = shares.of_plans(plans, units), shares.of_programmes(asked, 2023, units)
    assert found == {plan.pk: coverage.of(plan) for plan in plans} and found[scene.plan.pk].numerator == 1
    assert found[other.pk].denominator > found[scene.plan.pk].denominator
    assert [row.launched for row in launched] == [programmes.board(programme, 2023).launched for programme in asked]


CHECKS = st.lists(
    st.builds(Check, st.integers(1, 9), st.sampled_from(Kind), st.sampled_from(State), st.none() | st.dates(date(2023, 1, 1), date(2023, 12, 31))), max_size=30
)


@given(CHECKS, st.sets(st.integers(1, 9), min_size=1), st.dates(date(2023, 1, 1), date(2023, 12, 30)))
def test_coverage_never_passes_its_units_and_never_falls_with_time(checks, active, day):
    first = date(2023, 1, 1)
    earlier, later = rules.coverage(checks, active, first, day), rules.coverage(checks, active, first, date(2023, 12, 31))
    assert 0 <= earlier.numerator <= later.numerator <= later.denominator
    assert sum(rules.coverage(checks, active, first, day, {kind}).numerator for kind in Kind) >= earlier.numerator


def test_a_day_outside_the_plan_is_refused(scene):
    with pytest.raises(Exception, match="01/03/2023"):
        plan.schedule(scene.plan, [scene.committees["ba-dinh"]], "inspection", date(2024, 1, 1), by=scene.cast.officer)
