"""What must hold before a report is issued. Plain numbers in, findings in words out."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kheo.reports.rules.figures import MISSING, Figure

BLOCKS, WARNS = "error", "warning"
FUNNEL = ("mo_hinh.dang_ky", "mo_hinh.hieu_qua", "mo_hinh.cong_nhan", "mo_hinh.tieu_bieu", "mo_hinh.khen_thuong")


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: how hard (`error` stops the issue, `warning` asks to look), what, where."""

    level: str
    code: str
    message: str
    href: str = ""


def sums(figures: Mapping[str, Figure], total: str, parts: list[str], name: str) -> list[Finding]:
    """Σ parts = total, when all are known."""
    values = [figures[p].value for p in parts if p in figures]
    whole = figures[total].value if total in figures else None
    if whole is None or not values or any(v is None for v in values):
        return []
    added = sum((v for v in values if v is not None), Decimal(0))
    if added == whole:
        return []
    return [Finding(BLOCKS, "sum", f"{name}: cộng các phần được {added:f}, tổng là {whole:f}.", figures[total].href)]


def funnel(figures: Mapping[str, Figure]) -> list[Finding]:
    """Registered ≥ effective ≥ recognized ≥ exemplary ≥ rewarded."""
    found = []
    steps = [figures[t] for t in FUNNEL if t in figures and figures[t].value is not None]
    for wider, narrower in itertools.pairwise(steps):
        if narrower.value > wider.value:  # type: ignore[operator]
            text = f"“{narrower.label}” ({narrower.value:f}) lớn hơn “{wider.label}” ({wider.value:f}); phải nhỏ hơn hoặc bằng."
            found.append(Finding(BLOCKS, "funnel", text, narrower.href))
    return found


def missing(figures: Mapping[str, Figure], used: list[str]) -> list[Finding]:
    """Figures that the text uses and that have no value."""
    return [
        Finding(BLOCKS, "missing", f"“{figures[t].label}” được dùng trong báo cáo nhưng chưa có số liệu.", figures[t].href)
        for t in used if t in figures and figures[t].state == MISSING
    ]
