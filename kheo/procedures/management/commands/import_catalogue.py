"""`kheo import catalogue FILE`: the catalogue of procedures from an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from kheo.core.commands import CANNOT_RUN, OK, PROBLEMS, KheoCommand, Owner
from kheo.core.errors import DomainError
from kheo.core.rules.dates import parse_date
from kheo.procedures.actions import import_catalogue


class Command(KheoCommand):
    help = "Nhập danh mục TTHC (mã, tên, lĩnh vực, thời hạn, mức độ trực tuyến, quyết định) từ bảng tính; mỗi thay đổi là một phiên bản có ngày."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """FILE, from which day it holds, by which decision."""
        parser.add_argument("file", type=Path, help="bảng tính danh mục")
        parser.add_argument("--from", dest="valid_from", help="ngày bắt đầu có hiệu lực, ví dụ 01/07/2025; mặc định hôm nay")
        parser.add_argument("--decision", default="", help="quyết định công bố, dùng khi bảng không có cột quyết định")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
        parser.add_argument("--good-rows", action="store_true", help="ghi các dòng đúng, bỏ qua dòng có lỗi")

    def run(self, **options: Any) -> int | None:
        """Exit 0 without errors, 1 with errors, 2 when the file or day cannot be read."""
        try:
            day = parse_date(options["valid_from"]) if options["valid_from"] else timezone.localdate()
        except DomainError:
            self.fail(f"“{options['valid_from']}” không phải là ngày. Viết ví dụ 01/07/2025.")
            return CANNOT_RUN
        if not options["file"].is_file():
            self.fail(f"Không có tệp {options['file']}.")
            return CANNOT_RUN
        outcome = import_catalogue.import_catalogue(
            options["file"], options["file"].name, valid_from=day, decision=options["decision"], by=Owner(),
            good_rows=options["good_rows"], dry_run=options["dry_run"],
        )
        report = outcome.as_dict()
        self.say(f"Đọc {report['rows']} thủ tục. Ghi {report['accepted']}, không đổi {report['unchanged']}, lỗi {len(report['errors'])}.")
        self.say_problems(report)
        self.answer(report)
        return PROBLEMS if report["errors"] else OK
