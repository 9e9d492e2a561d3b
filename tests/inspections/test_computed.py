"""What indicators take from inspections, with numerator and denominator."""

from __future__ import annotations

from datetime import date

from kheo.core.rules.periods import period
from kheo.indicators import sources
from kheo.inspections.actions import hold, programme
from kheo.inspections.actions.hold import NewFinding
from tests.cast import document

YEAR = period("year", 2023)


def count(code, unit, days=YEAR):
    return sources.find(f"inspections.{code}").compute(unit, days)


def test_it_works(scene):
    for ward in scene.committees:
        scene.held(ward)
    found = count("coverage", scene.cast.town)
    assert (found.numerator, found.denominator, found.as_of) == (7, 7, date(2023, 12, 31))


def test_findings_of_the_area(scene):
    hold.conclude(scene.held(), [NewFinding("Thiếu báo cáo", days=5)], by=scene.cast.officer, on=date(2023, 6, 12))
    assert (count("findings_open", scene.cast.town).value, count("findings_late", scene.cast.town).value) == (1, 1)
    assert count("findings_open", scene.cast.wards["bac-son"]).value == 0


def test_launched_share(scene):
    paper = document("3/KH-UBND", date(2022, 3, 1), title="Ra mắt", issuer="UBND phường")
    programme.launch(scene.programme, scene.cast.wards["ba-dinh"], date(2022, 3, 5), paper, by=scene.cast.officer)
    found = count("launched", scene.cast.town)
    assert (found.numerator, found.denominator) == (1, 6)


def test_nothing_planned_cannot_be_known(scene):
    assert count("coverage", scene.cast.quang_trung).value is None and count("coverage", scene.cast.quang_trung).denominator is None
