"""`kheo visits import-log FILE`: page views from a server's log."""

from __future__ import annotations

import gzip
import sys
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from tqdm import tqdm

from kheo.core.commands import CANNOT_RUN, KheoCommand
from kheo.core.rules.numbers import format_number
from kheo.visits.actions import import_log
from kheo.visits.queries import sites


class Command(KheoCommand):
    help = "Nhập lượt xem từ nhật ký nginx/Apache (dạng combined, cả .gz); nhập lại cùng tệp không cộng thêm."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """FILE and site."""
        parser.add_argument("file", type=Path, help="tệp nhật ký, ví dụ access.log.2.gz")
        parser.add_argument("--site", default="", help="tên miền của trang; bỏ trống là trang mặc định")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và báo, không ghi gì")

    def run(self, **options: Any) -> int | None:
        """Exit 2 when the file cannot be opened."""
        path: Path = options["file"]
        site = sites.number_of(options["site"])
        try:
            size = path.stat().st_size
            with tqdm(
                total=None if path.suffix == ".gz" else size, unit="B", unit_scale=True, desc="Đọc nhật ký",
                disable=not sys.stderr.isatty() or self.as_json, leave=False,
            ) as bar:
                report = import_log.import_log(
                    path, site=site, by=None, hosts=sites.hosts_of(site), dry_run=options["dry_run"], progress=bar.update
                )
        except (OSError, EOFError, zlib.error) as error:
            self.fail(f"Không đọc được tệp {path}: {_why(error)}")
            return CANNOT_RUN
        self._tell(report, options["dry_run"])
        self.answer(asdict(report))
        return 0

    def _tell(self, report: import_log.Report, dry_run: bool) -> None:
        if report.already:
            self.say("Tệp này đã nhập trước đây: không cộng thêm gì.")
            return
        if report.continued_from:
            self.say(f"Phần đầu của tệp đã nhập trước đây: đọc tiếp từ byte {format_number(report.continued_from)}.")
        self.say(
            f"{format_number(report.lines)} dòng: {format_number(report.views)} lượt xem, {format_number(report.visits)} lượt truy cập, "
            f"{format_number(report.robots)} của rô-bốt, {format_number(report.not_pages)} không phải trang, "
            f"{format_number(report.unreadable)} không đọc được."
        )
        if report.nameless:
            self.say(
                f"{format_number(report.nameless)} dòng không ghi tên trình duyệt nên không phân biệt được người và rô-bốt: đếm vào rô-bốt. "
                "Muốn tính lượt xem, hãy để máy chủ ghi nhật ký dạng “combined”."
            )
        if report.unfinished:
            self.say(f"Dòng cuối chưa ghi xong ({format_number(report.unfinished)} byte): để lần nhập sau.")
        if report.examples:
            self.say("Dòng không đọc được (số dòng: độ dài): " + "; ".join(report.examples))
        if report.skipped_days:
            self.say(f"Bỏ qua {len(report.skipped_days)} ngày trang này đã tự đếm hoặc chưa kết thúc: " + ", ".join(report.skipped_days[:20]))
        if dry_run:
            self.say("Chỉ thử: chưa ghi gì.")


def _why(error: Exception) -> str:
    """What is wrong with the file, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "không có tệp này. Kiểm tra lại tên và thư mục."
    if isinstance(error, IsADirectoryError):
        return "đây là thư mục. Ghi tên một tệp nhật ký."
    if isinstance(error, PermissionError):
        return "không được phép đọc. Chạy lệnh bằng tài khoản đọc được nhật ký."
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return "tệp .gz bị cụt hoặc hỏng; chưa ghi gì. Chép lại tệp rồi nhập lại."
    return f"{getattr(error, 'strerror', None) or error}."
