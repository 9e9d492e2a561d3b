"""Demo: the annual report of 2023, issued, and a draft of the first half; words ours, figures from the records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kheo.core.rules.periods import parse_period
from kheo.indicators.actions import enter
from kheo.indicators.actions.enter import Entry, Extras
from kheo.indicators.models import Indicator
from kheo.indicators.queries import definitions
from kheo.reports.actions import check, draft, issue, write
from kheo.reports.models import Report
from kheo.reports.queries import compiling

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

WEAK = (
    "Một số khu phố, đơn vị đăng ký mô hình còn chậm, nội dung còn trùng lặp; việc ghi chép số liệu trước và sau khi thực hiện chưa thường xuyên.\n"
    "Công tác nhân rộng mô hình ở một vài địa bàn chưa được quan tâm đúng mức.\n"
    "Nguyên nhân chủ yếu là cán bộ theo dõi kiêm nhiệm nhiều việc; kinh phí cho các mô hình còn ít."
)
NEXT = (
    "- Hướng dẫn các đơn vị đăng ký mô hình ngay từ đầu năm, bám sát nhiệm vụ chính trị và việc khó ở địa bàn.\n"
    "- Duy trì kiểm tra, giám sát và tự kiểm tra công tác dân vận ở tất cả đảng bộ xã, phường.\n"
    "- Nhân rộng các mô hình tiêu biểu, gắn với xây dựng khu phố văn hóa, đô thị văn minh."
)


HALVES: dict[str, tuple[str, str]] = {
    "gia_tri_san_xuat": ("6390", "7425"), "thu_ngan_sach": ("251", "268"), "xuat_khau": ("90", "84"), "von_dau_tu": ("1985", "1930"), "doanh_nghiep_moi": ("47", "41"),
}
"""Indicator → figures of the town for the first halves of 2022 and 2023; made up for illustration."""


def tell(story: Story) -> None:
    """The chapter."""
    _first_halves(story)
    annual = _draft(story, "annual", "2023")
    checked = check.check(annual, by=story.user("canbo"))
    issue.issue(checked, issue.Signed(date(2023, 12, 29)), by=story.user("lanhdao"))
    _draft(story, "interim", "2023-H1")


def _first_halves(story: Story) -> None:
    numbers, town = dict(Indicator.objects.values_list("code", "pk")), story.units.keys["town"].pk
    extras = Extras(status="preliminary", evidence="Báo cáo 6 tháng của thị xã (số liệu minh họa)", entry="imported")
    for place, year in enumerate((2022, 2023)):
        rows = [Entry(numbers[code], town, "value", values[place], reason="Số liệu minh họa") for code, values in HALVES.items()]
        enter.enter(definitions.period(f"{year}-H1"), rows, by=None, extras=extras)


def _draft(story: Story, kind: str, period: str) -> Report:
    by = story.user("canbo")
    report = draft.draft(story.units.keys["town"], kind, parse_period(period), by=by, frame=draft.Frame({"signer": "(Người ký)"}))
    known = set(compiling.of_report(report).figures)
    for section in report.sections.all():
        text = {"ton-tai": f"{section.text}\n{WEAK}", "phuong-huong": NEXT}.get(section.code)
        if text:
            write.write_section(section, write.Words(section.title, text, tuple(section.tables)), by=by, known=known)
    report.refresh_from_db()
    return report
