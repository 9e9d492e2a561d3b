"""Importing figures: every wrong cell is told, nothing is half-written."""

from __future__ import annotations

import json
from io import StringIO

from django.core.management import call_command

from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_table
from kheo.indicators.actions import import_indicators
from kheo.indicators.models import Observation
from kheo.indicators.queries import definitions
from tests.indicators.scenes import count, share

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
