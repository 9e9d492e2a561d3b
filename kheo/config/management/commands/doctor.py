"""`kheo doctor`: look at everything, repair nothing."""

from __future__ import annotations

from typing import Any

from kheo.config import checkup
from kheo.core.commands import OK, PROBLEMS, KheoCommand

MARKS = {checkup.OK: "  được", checkup.WARNING: "LƯU Ý ", checkup.PROBLEM: "  LỖI "}


class Command(KheoCommand):
    help = "Kiểm tra toàn bộ hệ thống; mã thoát 0: tốt hoặc chỉ có lưu ý, 1: có lỗi, 2: không chạy được."
    prints_results = True

    def run(self, **options: Any) -> int | None:
        """One line for each check, with lines below it for what was found."""
        findings = []
        for finding in checkup.run():
            findings.append(finding)
            self.say(f"[{MARKS[finding.state]}] {finding.name}: {finding.words}")
            for line in finding.lines:
                self.say(f"           {line}")
        problems = sum(finding.state == checkup.PROBLEM for finding in findings)
        warnings = sum(finding.state == checkup.WARNING for finding in findings)
        self.say(f"Kết luận: {problems} lỗi, {warnings} lưu ý." if problems or warnings else "Kết luận: mọi thứ đều tốt.")
        self.answer({"problems": problems, "warnings": warnings, "checks": [finding.as_dict() for finding in findings]})
        return PROBLEMS if problems else OK
