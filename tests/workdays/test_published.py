"""The decided days as open data: no proposal among them."""

from __future__ import annotations

from datetime import date

from kheo.core import datasets


def test_it_works(db):
    rows = {row[0]: row for row in datasets.find("lich-lam-viec").rows()}
    assert rows[date(2026, 11, 24)][2] == "Ngày Văn hóa Việt Nam" and rows[date(2026, 11, 24)][6] == "28/2026/QH16"
    assert rows[date(2026, 8, 22)][3] == date(2026, 8, 31)
    assert date(2026, 1, 2) not in rows and date(2027, 2, 4) not in rows
