"""The annexes and the figures of a report as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kheo.core.rules.numbers import half_up
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_table
from kheo.reports.queries.rendering.packing import repacked
from kheo.reports.rules.figures import WORDS, Figure


def render(content: Mapping[str, Any], layout: str) -> bytes:
    """First every figure with numerator, denominator and day, then each table on a sheet of its own."""
    sheets = [_figures(content)]
    tables = [b["table"] for s in content["sections"] for b in s["blocks"] if b["kind"] == "table"] + list(content["annexes"])
    sheets += [_table(table, content) for table in tables]
    return repacked(write_table(sheets), content["day"] + "T00:00:00Z")


def _figures(content: Mapping[str, Any]) -> TableSheet:
    columns = [
        ColumnSpec("Mã số liệu", width=40), ColumnSpec("Nội dung", width=50), ColumnSpec("Giá trị", "decimal", 14), ColumnSpec("Thể hiện", width=16), ColumnSpec("Đơn vị tính", width=16),
        ColumnSpec("Tử số", "decimal", 12), ColumnSpec("Mẫu số", "decimal", 12), ColumnSpec("Kỳ trước", "decimal", 12), ColumnSpec("Kế hoạch", "decimal", 12),
        ColumnSpec("Đến ngày", "date", 12), ColumnSpec("Trạng thái", width=18), ColumnSpec("Có trong lời báo cáo", width=12), ColumnSpec("Ghi chú", width=40),
    ]
    used = set(content["used"])
    rows = []
    for token, data in content["figures"].items():
        f = Figure.thawed(data)
        if f.kind == "text":
            continue
        rows.append([
            token, f.label, _short(f.value), f.shown, f.unit, f.numerator, f.denominator, _short(f.previous), f.plan, _day(f.as_of), WORDS.get(f.state, ""), token in used, f.note,
        ])
    return TableSheet("Số liệu", columns, rows, title=f"SỐ LIỆU CỦA {content['title']} {content['subject'].upper()}")


def _table(table: Mapping[str, Any], content: Mapping[str, Any]) -> TableSheet:
    columns = [ColumnSpec(title, "decimal" if kind == "number" else "text", max(8, round(width * 1.4))) for title, kind, width in table["columns"]]
    rows = [[_value(cell, kind) for cell, (_t, kind, _w) in zip(row, table["columns"], strict=True)] for row in table["rows"]]
    return TableSheet(table["title"].capitalize()[:31], columns, rows, title=f"{table['title']} – {content['period_words']}")


def _value(cell: Mapping[str, Any], kind: str) -> Any:
    if kind != "number" or cell["value"] is None:
        return cell["text"]
    return _short(Decimal(str(cell["value"])))


def _short(value: Decimal | None) -> Decimal | None:
    """At most six decimals: a cell holds fifteen digits as a number, more only as text."""
    return half_up(value, 6) if value is not None and int(value.as_tuple().exponent) < -6 else value


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


