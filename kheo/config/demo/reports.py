"""Demo: the annual report of 2023, issued, and a draft of the first half; words ours, figures from the records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kheo.core.rules.periods import parse_period
from kheo.reports.actions import check, draft, issue, write
from kheo.reports.models import Report
from kheo.reports.queries import compiling
from kheo.reports.rules.figures import MISSING

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


def tell(story: Story) -> None:
    """The chapter."""
    annual = _draft(story, "annual", "2023")
    checked = check.check(annual, by=story.user("canbo"))
    issue.issue(checked, issue.Signed(date(2023, 12, 29)), by=story.user("lanhdao"))
    _draft(story, "interim", "2023-H1")


def _draft(story: Story, kind: str, period: str) -> Report:
    by = story.user("canbo")
    report = draft.draft(story.units.keys["town"], kind, parse_period(period), by=by, frame=draft.Frame({"signer": "(Người ký)"}))
    found = compiling.of_report(report)
    known = set(found.figures)
    words = {"ton-tai": WEAK, "phuong-huong": NEXT, "kinh-te-xa-hoi": _society(found)}
    for section in report.sections.all():
        text = words.get(section.code)
        if text:
            write.write_section(section, write.Words(section.title, text, tuple(section.tables)), by=by, known=known)
    report.refresh_from_db()
    return report


def _society(found: compiling.Compiled) -> str:
    """A sentence for every plan and a line for every indicator that has a figure."""
    lines = []
    for figure in found.figures.values():
        if figure.state == MISSING or figure.value is None:
            continue
        if figure.group == "chi_tieu_dat":
            lines.append(f"{figure.label}: {{{{ {figure.token}.ty_so }}}} chỉ tiêu, đạt {{{{ {figure.token} }}}}.")
        elif figure.group == "chi_tieu":
            share = f" ({{{{ {figure.token}.ty_so }}}})" if figure.denominator is not None else ""
            unit = f" {figure.unit}" if figure.unit else ""
            lines.append(f"- {figure.label}: {{{{ {figure.token} }}}}{unit}{share}.")
    return "\n".join(sorted(lines, key=lambda line: line.startswith("- "))) or "Các chỉ tiêu kinh tế - xã hội, văn hóa được cập nhật theo số liệu của cơ quan thống kê."
