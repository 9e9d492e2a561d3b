"""`kheo backup FILE`: everything of this installation in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from kheo.config import archives
from kheo.core.commands import OK, KheoCommand
from kheo.core.templatetags.kheo.filters import bytes_vi, number


class Command(KheoCommand):
    help = "Sao lưu cơ sở dữ liệu, tệp tải lên và khóa bí mật vào một tệp .tar.gz; chạy được khi trang đang phục vụ."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """Where to, and whether an existing file may be replaced."""
        parser.add_argument("file", help="tệp sẽ ghi, ví dụ /mnt/sao-luu/kheo.tar.gz; nếu là thư mục thì tự đặt tên theo ngày giờ")
        parser.add_argument("--force", action="store_true", help="ghi đè tệp đã có")

    def run(self, **options: Any) -> int | None:
        """One line about the file that was written."""
        done = archives.back_up(Path(options["file"]), archives.here(), overwrite=options["force"])
        self.say(f"Đã sao lưu {number(done.files)} tệp vào {done.path} ({bytes_vi(done.size)}).")
        self.say("Tệp này chứa toàn bộ dữ liệu và khóa bí mật: cất ở ổ đĩa khác và không gửi cho người không có trách nhiệm.")
        self.answer({"path": done.path, "size": done.size, "files": done.files})
        return OK
