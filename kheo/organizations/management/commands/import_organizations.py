"""`kheo import organizations FILE`: units from a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from kheo.core.commands import OK, PROBLEMS, KheoCommand
from kheo.core.rules import dates
from kheo.organizations.actions import import_units


class Command(KheoCommand):
    help = "Nhập đơn vị (mã, tên, loại, cấp trên, thời gian hiệu lực) từ tệp .xlsx, .xls, .ods hoặc .csv."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """The file, and how to treat it."""
        parser.add_argument("file", metavar="TỆP", help="tệp bảng tính")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu gì")
        parser.add_argument("--tu-ngay", dest="start", metavar="NGÀY", help="ngày có hiệu lực cho các dòng để trống, ví dụ 01/07/2025")

    def run(self, **options: Any) -> int | None:
        """Exit status 1 when a row has an error; then nothing was saved."""
        start = dates.parse_date(options["start"]) if options["start"] else None
        outcome = import_units.import_units(Path(options["file"]), by=None, dry_run=options["dry_run"], default_start=start)
        self.answer(outcome.as_dict())
        self.say_problems(outcome.as_dict())
        if outcome.errors:
            self.say(f"Có {len(outcome.errors)} lỗi trong {outcome.rows} dòng: chưa lưu gì.")
            return PROBLEMS
        done = "Sẽ thêm" if options["dry_run"] else "Đã thêm"
        self.say(f"{done} {outcome.accepted} đơn vị; {outcome.unchanged} dòng không có gì mới.")
        return OK
