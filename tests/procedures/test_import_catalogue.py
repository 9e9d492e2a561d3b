"""The catalogue from an export: dated versions, what is refused, a trial that writes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.core.errors import Refused
from kheo.core.spreadsheets.write import write_csv
from kheo.procedures.actions import import_catalogue
from kheo.procedures.models import Procedure, ProcedureField, ProcedureVersion

pytestmark = pytest.mark.django_db
HEADINGS = ["Mã TTHC", "Tên TTHC", "Lĩnh vực", "Cấp thực hiện", "Thời hạn giải quyết", "Mức độ DVC", "Quyết định"]
BIRTH = ["1.001193.000.00.00.H56", "Đăng ký khai sinh", "Hộ tịch", "Cấp xã", "3 ngày làm việc", "Toàn trình", "1/QĐ-UBND"]
DEATH = ["1.000656", "Đăng ký khai tử", "Hộ tịch", "Cấp xã", "04 giờ làm việc", "Một phần", ""]


@pytest.fixture
def take(one_stop):
    def run(rows, day=date(2022, 1, 1), by=None, **more):
        return import_catalogue.import_catalogue(write_csv(HEADINGS, rows), "danh-muc.csv", valid_from=day, decision="9/QĐ-UBND", by=by or one_stop, **more)

    return run


def test_it_works(take):
    assert (take([BIRTH, DEATH]).accepted, ProcedureField.objects.count()) == (2, 1)
    versions = {version.procedure.code: version for version in ProcedureVersion.objects.select_related("procedure")}
    assert (versions["1.001193"].limit, versions["1.001193"].limit_unit, versions["1.001193"].online) == (3, "working_days", "full")
    assert (versions["1.000656"].limit, versions["1.000656"].limit_unit, versions["1.000656"].decision) == (4, "working_hours", "9/QĐ-UBND")
    assert [procedure.sensitive for procedure in Procedure.objects.order_by("code")] == [True, False]
    changed = take([[*BIRTH[:4], "1 ngày làm việc", *BIRTH[5:]], DEATH], date(2024, 7, 1))
    assert (changed.accepted, changed.unchanged) == (1, 1)
    assert list(ProcedureVersion.objects.filter(procedure__code="1.001193").order_by("valid_from").values_list("limit", "valid_to")) == [(3, date(2024, 7, 1)), (1, None)]


def test_a_trial_counts_and_writes_nothing(take):
    assert take([BIRTH, DEATH], dry_run=True).accepted == 2
    assert not Procedure.objects.exists()
    assert not ProcedureField.objects.exists()


def test_nothing_is_written_with_errors_unless_good_rows(take):
    rows = [BIRTH, ["không mã", *DEATH[1:]], [*DEATH[:1], "", *DEATH[2:]]]
    outcome = take(rows)
    assert ([problem.cell for problem in outcome.errors], outcome.accepted, Procedure.objects.count()) == (["A3", "B4"], 0, 0)
    assert take(rows, good_rows=True).accepted == 1


def test_an_earlier_day_than_the_last_version_is_told_at_its_row(take):
    take([BIRTH], date(2024, 1, 1))
    outcome = take([DEATH, [*BIRTH[:4], "5 ngày", *BIRTH[5:]]], date(2023, 1, 1))
    assert (outcome.errors[0].cell, outcome.accepted) == ("A3", 0)
    assert Procedure.objects.count() == 1


def test_others_are_refused(take, cast):
    with pytest.raises(Refused):
        take([BIRTH], by=cast.evaluator)
