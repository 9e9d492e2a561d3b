"""Importing figures: every wrong cell is told, nothing is half-written."""

from __future__ import annotations

import json
from io import StringIO

from django.core.management import call_command
from openpyxl import load_workbook

from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_table
from kheo.indicators.actions import import_indicators
from kheo.indicators.models import Observation
from kheo.indicators.queries import definitions
from tests.indicators.scenes import count, put, share

TITLES = ("Mã chỉ số", "Chỉ số", "Đơn vị tính", "Giá trị", "Tử số", "Mẫu số", "Lý do")


def book(*rows) -> bytes:
    return write_table([TableSheet("2023", [ColumnSpec(t) for t in TITLES], rows, "Biểu số liệu")])


def run(tmp_path, data: bytes, *more: str) -> tuple[int, dict]:
    path, out = tmp_path / "b.xlsx", StringIO()
    path.write_bytes(data)
    code = 0
    try:
        call_command("import_indicators", str(path), "--unit", "381", "--period", "2023", "--json", *more, stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, json.loads(out.getvalue())


def test_it_works(cast, tmp_path):
    count("mot", unit_text="%", aggregation="last", decimals=1)
    count("hai", unit_text="%", aggregation="last", decimals=1)
    count("ba", unit_text="%", aggregation="last", decimals=1)
    share()
    rows = [("mot", "", "%", "95.3%", "", ""), ("hai", "", "%", "56,4%", "", ""), ("ba", "", "%", "15,3 %", "", ""), ("gia_dinh_van_hoa", "", "%", "", "85", "100")]
    code, report = run(tmp_path, book(*rows))
    assert (code, report["errors"], report["rows"], report["accepted"]) == (0, [], 4, 5)
    assert {float(v) for v in Observation.objects.values_list("value", flat=True)} == {95.3, 56.4, 15.3, 85.0}
    assert run(tmp_path, book(*rows))[1]["unchanged"] == 5


def test_every_bad_cell_is_told_and_nothing_saved(cast, tmp_path):
    count("mot")
    share()
    rows = [("mot", "", "", "1.234", "", ""), ("la", "", "", "5", "", ""), ("gia_dinh_van_hoa", "", "", "", "12", "mười")]
    code, report = run(tmp_path, book(*rows))
    assert code == 1
    assert [e["cell"] for e in report["errors"]] == ["D4", "A5", "F6"]
    assert "1234" in report["errors"][0]["message"]
    assert not Observation.objects.exists()


def test_a_dry_run_saves_nothing(cast, tmp_path):
    count("mot")
    code, report = run(tmp_path, book(("mot", "", "", "5", "", "")), "--dry-run")
    assert (code, report["accepted"]) == (0, 1)
    assert not Observation.objects.exists()


def test_the_template_can_be_read_back(cast):
    count("mot")
    period = definitions.period("2023")
    report = import_indicators.import_indicators(
        import_indicators.template(cast.town, period), "mau.xlsx", unit=cast.town, period=period, by=None
    )
    assert (report["errors"], report["rows"]) == ([], 1)


def test_a_reason_without_a_figure_is_recorded_and_a_figure_is_never_emptied(cast, tmp_path):
    empty, told = count("mot"), count("hai")
    put(told, cast.town, "2023", value="7")
    code, report = run(tmp_path, book(("mot", "", "", "", "", "", "Chưa điều tra"), ("hai", "", "", "", "", "", "Ghi chú")))
    assert (code, report["accepted"], len(report["warnings"])) == (0, 1, 1)
    assert Observation.objects.get(indicator=empty).missing_reason == "Chưa điều tra"
    assert Observation.objects.get(indicator=told).value == 7


def test_a_file_without_a_status_leaves_the_status(cast, tmp_path):
    put(count("mot"), cast.town, "2023", value="7")  # official
    assert run(tmp_path, book(("mot", "", "", "7", "", "")))[1]["unchanged"] == 1
    run(tmp_path, book(("mot", "", "", "8", "", "")))
    assert Observation.objects.get(is_current=True).status == "official"


def test_a_share_beyond_its_whole_is_refused(cast, tmp_path):
    share()
    code, report = run(tmp_path, book(("gia_dinh_van_hoa", "", "", "953", "", "")))
    assert (code, [e["cell"] for e in report["errors"]]) == (1, ["D4"])
    assert "từ 0 đến 100" in report["errors"][0]["message"]


def test_numbers_in_the_wrong_place_are_told(cast, tmp_path):
    count("mot")
    count("hai")
    share()
    share("don_vi_van_hoa")
    rows = [("gia_dinh_van_hoa", "", "", "", "41/43", ""), ("don_vi_van_hoa", "", "", "", "", "43"), ("mot", "", "", "", "5", ""), ("hai", "", "", "", "", "")]
    report = run(tmp_path, book(*rows))[1]
    assert [e["cell"] for e in report["errors"]] == ["E4", "E5", "E6"]
    assert "ghi 41 vào cột Tử số và 43 vào cột Mẫu số" in report["errors"][0]["message"]
    assert [w["cell"] for w in report["warnings"]] == ["D7"]


def test_one_number_merged_over_rows_is_refused(cast, tmp_path):
    count("mot")
    count("hai")
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(("mot", "", "", "5", "", ""), ("hai", "", "", "", "", "")))
    made = load_workbook(path)
    made.active.merge_cells("D4:D5")
    made.save(path)
    code, report = run(tmp_path, path.read_bytes())
    assert (code, len(report["errors"])) == (1, 1)
    assert "gộp nhiều dòng" in report["errors"][0]["message"]
