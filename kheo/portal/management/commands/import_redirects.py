"""`kheo import redirects FILE`: where the addresses of an older portal lead now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from kheo.core.commands import OK, PROBLEMS, KheoCommand
from kheo.portal.actions import import_redirects

NAMES = {"old": "địa chỉ cũ", "new": "địa chỉ mới"}


class Command(KheoCommand):
    help = "Nhập địa chỉ cũ và địa chỉ mới (chuyển hướng 301) từ tệp .xlsx, .xls, .ods hoặc .csv có hai cột."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """The file, and whether only to check."""
        parser.add_argument("file", metavar="TỆP", help="tệp bảng tính có cột “Địa chỉ cũ” và “Địa chỉ mới”")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu gì")

    def run(self, **options: Any) -> int | None:
        """Exit status 1 when a row has an error; then nothing was saved."""
        outcome = import_redirects.import_redirects(Path(options["file"]), by=None, dry_run=options["dry_run"])
        self.answer(outcome.as_dict())
        report = outcome.as_dict()
        for problem in (*report["errors"], *report["warnings"]):
            problem["field"] = " ".join(filter(None, (NAMES.get(problem["field"], ""), f"“{problem['value']}”" if problem["value"] else "")))
        self.say_problems(report)
        if outcome.errors:
            self.say(f"Có {len(outcome.errors)} lỗi trong {outcome.rows} dòng: chưa lưu gì.")
            return PROBLEMS
        done = "Sẽ lưu" if options["dry_run"] else "Đã lưu"
        self.say(f"{done} {outcome.accepted} địa chỉ; {outcome.unchanged} địa chỉ không có gì mới.")
        return OK
