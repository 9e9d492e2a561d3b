import io
import json
from datetime import date

import pytest
import xlsxwriter
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.organizations import queries
from kheo.organizations.actions import import_units
from kheo.organizations.models import Organization

HEAD = ["STT", "Mã đơn vị", "Tên đơn vị", "Loại", "Đơn vị cấp trên", "Từ ngày", "Đến ngày", "Căn cứ"]
ROWS = [
    [1, "30001", "Khu phố Tân Tiến", "Khu phố", "30000", "01/07/2025", "", ""],
    [2, "30000", "Phường Mới", "Phường", "", "01/07/2025", "", "1686/NQ-UBTVQH15"],
    [3, "", "Chi bộ khu phố Tân Tiến", "", "Phường Mới", "15/08/2025", "", ""],
]


def book(rows, head=HEAD) -> bytes:
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = workbook.add_worksheet("Đơn vị")
    sheet.write(0, 0, "DANH SÁCH ĐƠN VỊ")
    for r, row in enumerate([head, *rows], start=2):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    workbook.close()
    return data.getvalue()


def test_it_works(cast):
    outcome = import_units.import_units(book(ROWS), "donvi.xlsx", by=None)
    assert outcome.errors == []
    assert (outcome.rows, outcome.accepted, outcome.unchanged) == (3, 3, 0)
    group = queries.by_code("30001").organization
    assert queries.area_of(group).slug == "phuong-moi"
    assert queries.by_code("30000").basis.number == "1686/NQ-UBTVQH15"


def test_again_changes_nothing(cast):
    first = import_units.import_units(book(ROWS), "donvi.xlsx", by=None)
    count = Organization.objects.count()
    second = import_units.import_units(book(ROWS), "donvi.xlsx", by=None)
    assert (second.accepted, second.unchanged, second.batch) == (0, 3, first.batch)
    assert Organization.objects.count() == count


def test_all_or_nothing_and_every_problem_by_cell(cast):
    bad = [*ROWS, [4, "", "Câu lạc bộ thơ", "", "30000", "01/07/2025", "", ""], [5, "", "Thôn Nam", "", "99", "31/02/2025", "", ""]]
    count = Organization.objects.count()
    outcome = import_units.import_units(book(bad), "donvi.xlsx", by=None)
    assert Organization.objects.count() == count
    assert outcome.accepted == 0
    assert outcome.batch is None
    assert {(p.cell, p.field) for p in outcome.errors} == {("D7", "kind"), ("F8", "start")}


def test_a_missing_superior_unit_and_a_code_in_force_are_errors(cast):
    rows = [[1, "", "Thôn Nam", "", "77777", "01/07/2025", "", ""], [2, "14812", "Phường Lạ", "", "", "01/01/2026", "", ""]]
    outcome = import_units.import_units(book(rows), "donvi.xlsx", by=None)
    assert {p.field for p in outcome.errors} == {"parent", "code"}


def test_dry_run_saves_nothing(cast):
    count = Organization.objects.count()
    outcome = import_units.import_units(book(ROWS), "donvi.xlsx", by=None, dry_run=True)
    assert outcome.accepted == 3
    assert Organization.objects.count() == count


def test_an_outsider_imports_nothing(cast):
    outcome = import_units.import_units(book(ROWS), "donvi.xlsx", by=cast.outsider)
    assert outcome.accepted == 0
    assert outcome.errors


def test_the_command_prints_the_contract(cast, tmp_path, capsys):
    path = tmp_path / "donvi.csv"
    path.write_text("Mã;Tên;Cấp trên;Từ ngày\n30000;Phường Mới;;1/7/2025\n", encoding="utf-8-sig")
    call_command("import_organizations", str(path), "--json")
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"rows", "accepted", "unchanged", "warnings", "errors", "batch"}
    assert printed["accepted"] == 1
    path.write_text("Mã;Tên;Cấp trên;Từ ngày\n;Phường Mới Nữa;;32/7/2025\n", encoding="utf-8-sig")
    with pytest.raises(SystemExit) as stopped:
        call_command("import_organizations", str(path), "--json")
    assert stopped.value.code == 1
    assert json.loads(capsys.readouterr().out)["errors"][0]["cell"] == "D2"


def test_rows_without_a_date_take_the_given_one(cast):
    rows = [[1, "30000", "Phường Mới", "", "", "", "", ""]]
    assert import_units.import_units(book(rows), "x.xlsx", by=None).errors
    outcome = import_units.import_units(book(rows), "x.xlsx", by=None, default_start=date(2025, 7, 1))
    assert outcome.accepted == 1


cells = st.one_of(st.text(max_size=30), st.integers(-5, 50000), st.none())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(cells, min_size=8, max_size=8), min_size=1, max_size=6))
def test_bad_rows_never_crash(cast, rows):
    clean = [["" if value is None else value if isinstance(value, int) else value.replace("\x00", "") for value in row] for row in rows]
    try:
        outcome = import_units.import_units(book(clean), "x.xlsx", by=None, dry_run=True)
    except import_units.InvalidInput:
        return
    assert outcome.rows >= len(outcome.errors) or outcome.rows == 0
