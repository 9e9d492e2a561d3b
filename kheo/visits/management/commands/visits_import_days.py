"""`kheo visits import-days FILE`: daily page views of the older counter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from kheo.core.commands import CANNOT_RUN, KheoCommand
from kheo.visits.actions import import_days
from kheo.visits.queries import sites
from kheo.visits.sources import days_table


class Command(KheoCommand):
    help = "Nhập lượt xem từng ngày của bộ đếm cũ từ tệp .csv hai cột: ngày, lượt xem."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """FILE and site."""
        parser.add_argument("file", type=Path, help="tệp .csv, ví dụ dòng “03/12/2023;3965”")
        parser.add_argument("--site", default="", help="tên miền của trang; bỏ trống là trang mặc định")

    def run(self, **options: Any) -> int | None:
        """Exit 2 when the file cannot be opened, 1 when a row is wrong (then nothing is written)."""
        path: Path = options["file"]
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self.fail(f"Không đọc được tệp {path}: {getattr(error, 'strerror', None) or 'không phải văn bản UTF-8'}.")
            return CANNOT_RUN
        outcome = import_days.import_days(days_table.read(text), site=sites.number_of(options["site"]), name=path.name, by=None)
        self.say(f"Thêm {outcome.added} ngày, sửa {outcome.corrected}, không đổi {outcome.unchanged}, bỏ qua {len(outcome.skipped)} ngày trang này đã tự đếm.")
        self.answer({"added": outcome.added, "corrected": outcome.corrected, "unchanged": outcome.unchanged, "skipped": outcome.skipped})
        return 0
