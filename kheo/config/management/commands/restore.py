"""`kheo restore FILE`: put a backup in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.dateparse import parse_datetime

from kheo.config import archives, env, restoring, serving
from kheo.core.commands import OK, KheoCommand
from kheo.core.errors import DomainError
from kheo.core.pages import ledger
from kheo.core.templatetags.kheo.filters import datetime_vi, number


class Command(KheoCommand):
    help = "Khôi phục từ bản sao lưu; kiểm tra toàn bộ tệp trước, sai một chỗ thì không thay gì."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """Which backup, and whether existing data may be replaced."""
        parser.add_argument("file", help="tệp sao lưu .tar.gz")
        parser.add_argument("--force", action="store_true", help="thay dữ liệu đang có (bản cũ được giữ lại trong một thư mục riêng)")

    def run(self, **options: Any) -> int | None:
        """Refuses while the site runs: its processes would keep writing into the old data."""
        port = env.text("KHEO_PORT")
        if port.isdecimal():
            try:
                serving.check_port(env.text("KHEO_HOST"), int(port))
            except DomainError as error:
                raise DomainError(f"Cổng {port} đang được dùng, có thể trang đang chạy. Dừng kheo serve rồi khôi phục lại.") from error
        done = restoring.restore(Path(options["file"]).expanduser(), archives.here(), force=options["force"])
        ledger.open_ledger(env.home()).move_on()  # the rows changed behind the watch of our connections
        moment = parse_datetime(done.at)
        self.say(f"Đã khôi phục {number(done.files)} tệp từ bản sao lưu lúc {datetime_vi(moment)}.")
        if done.old:
            self.say(f"Dữ liệu cũ được giữ tại {done.old}; xóa khi chắc chắn không cần nữa.")
        self.say("Chạy kheo migrate rồi kheo doctor trước khi mở lại trang.")
        self.answer({"at": done.at, "files": done.files, "old": done.old})
        return OK
