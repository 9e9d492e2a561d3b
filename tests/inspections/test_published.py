"""What leaves the room: coverage as figure and open data, plans in the search; never what was found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kheo.core import datasets, figures, search
from kheo.inspections.actions import hold
from kheo.inspections.actions.hold import NewFinding
from kheo.inspections.queries import published

SECRET = "Chưa gửi báo cáo mật"


def told(scene):
    hold.conclude(scene.held(), [NewFinding(SECRET)], by=scene.cast.officer, on=date(2023, 6, 12))
    return scene.plan


def test_it_works(scene):
    plan = told(scene)
    figure = published._answer(f"coverage.{plan.slug}")
    assert (figure.numerator, figure.denominator, figure.value, figure.as_of) == (1, 7, Decimal("14.3"), date(2023, 12, 15))
    assert published._answer(f"late.{plan.slug}").value == 1
    assert f"inspections:coverage.{plan.slug}" in dict(figures.choices())


def test_an_unknown_figure_is_none(scene):
    assert published._answer("coverage.khong-co") is None and published._answer("khac") is None


def test_open_data_has_a_row_for_each_unit(scene):
    told(scene)
    rows = list(datasets.find("kiem-tra-giam-sat").rows())
    assert len(rows) == 7 and sum(row[4] for row in rows) == 1
    assert SECRET not in str(rows)


def test_the_search_knows_the_plan_and_not_what_was_found(scene):
    plan = told(scene)
    kind = search.KINDS["inspection-plan"]
    document = kind.document(kind.public().get(pk=plan.pk))
    assert document.title == plan.name and SECRET not in str(document)


def test_open_findings_of_units(scene):
    told(scene)
    unit = scene.committees["ba-dinh"].pk
    assert published.open_findings([unit], date(2023, 6, 30)) == (1, 0)
    assert published.open_findings([unit], date(2023, 12, 31)) == (1, 1)
    assert published.open_findings([unit], date(2023, 1, 1)) == (0, 0)
