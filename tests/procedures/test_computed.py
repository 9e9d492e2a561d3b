"""Published results as figures of indicators."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.indicators.actions import define
from kheo.indicators.queries import definitions
from kheo.indicators.queries import figures as indicators
from kheo.organizations import queries as organizations
from kheo.procedures.actions import open_period
from tests.procedures.exports import dossier

pytestmark = pytest.mark.django_db


def test_it_works(bring, cast):
    for code, source, unit in (("dung_han", "procedures.on_time", "%"), ("tiep_nhan", "procedures.received", "hồ sơ")):
        define.define(code, define.Definition(code, unit, date(2020, 1, 1), decimals=2, source="computed", source_code=source), by=None)
    bring()
    ward = cast.wards["ba-dinh"]
    november = definitions.period("2023-11")
    found = indicators.figure("dung_han", ward, november)
    assert (found.reading.numerator, found.reading.denominator) == (7, 8)
    assert f"{found.value:.2f}" == "87.50"
    assert found.href == "/thu-tuc-hanh-chinh/?ky=2023-11"
    assert found.as_of is not None
    assert indicators.figure("tiep_nhan", ward, november).value == 10
    # The town counts what its wards published; another ward, nothing.
    town = organizations.by_code("381").organization
    assert indicators.figure("tiep_nhan", town, november).value == 10
    assert indicators.figure("tiep_nhan", cast.wards["ngoc-trao"], november).value is None


def test_a_period_with_a_gap_is_not_known(bring, cast):
    define.define("tiep_nhan", define.Definition("a", "hồ sơ", date(2020, 1, 1), source="computed", source_code="procedures.received"), by=None)
    ward, quarter = cast.wards["ba-dinh"], definitions.period("2023-Q4")
    bring()
    assert indicators.figure("tiep_nhan", ward, quarter).value is None  # October is missing
    bring([dossier(40, received="20/10/2023", day="231020", due="25/10/2023", done="24/10/2023")], period=open_period.open_period("2023-10", by=None))
    assert indicators.figure("tiep_nhan", ward, quarter).value == 10  # one of October, nine of November; what was carried over counts once
