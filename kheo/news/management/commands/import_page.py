"""`kheo import page FILE`: the same import as at the desk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from wagtail.models import Site

from kheo.accounts.models import User
from kheo.core.commands import CANNOT_RUN, OK, PROBLEMS, KheoCommand
from kheo.core.rules.numbers import format_number
from kheo.core.templatetags.kheo.filters import datetime_vi
from kheo.news.actions import import_page
from kheo.news.models import Category
from kheo.news.rules.decoding import LARGEST
from kheo.news.words import KEYS

SHOWN = 40


class Command(KheoCommand):
    help = "Đọc một trang đã lưu của cổng cũ (.html hoặc văn bản): bài viết thành bản nháp, bộ đếm, khối trống, bài lặp và lỗi gõ vào báo cáo."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """FILE and what is known about it."""
        parser.add_argument("file", type=Path, help="trang đã lưu: .html, .htm hoặc .txt")
        parser.add_argument("--address", default="", help="địa chỉ của trang trên cổng cũ, để chuyển hướng")
        parser.add_argument("--category", default="", help="mã chuyên mục nhận bài (mặc định tin-tuc-su-kien)")
        parser.add_argument("--site", default="", help="tên miền của trang nhận bài (mặc định là trang chính)")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và báo cáo, không ghi gì")
        parser.add_argument("--by", help="tên đăng nhập của người nhập; bỏ trống thì ghi là hệ thống")

    def run(self, **options: Any) -> int | None:
        """Exit 0 when the file was read, 1 when it cannot be understood, 2 when file, site or category is not found."""
        path: Path = options["file"]
        try:
            with path.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except OSError as error:
            return self._cannot(f"Không đọc được tệp {path}: {error.strerror}.")
        site = Site.objects.filter(hostname=options["site"]).first() if options["site"] else Site.objects.filter(is_default_site=True).first()
        category = Category.objects.filter(code=options["category"]).first() if options["category"] else None
        by = User.objects.filter(username__iexact=options["by"]).first() if options["by"] else None
        for asked, found, name in ((options["site"], site, "trang"), (options["category"], category, "chuyên mục"), (options["by"], by, "tài khoản")):
            if asked and found is None:
                return self._cannot(f"Không có {name} “{asked}”.")
        if options["dry_run"]:
            reading = import_page.read(data, path.name, site=site, address=options["address"])
            report = reading.report
        else:
            report = import_page.import_page(data, path.name, by=by, site=site, address=options["address"], category=category).report
        self._tell(report, dry_run=options["dry_run"])
        self.answer(report)
        return PROBLEMS if report["errors"] else OK

    def _cannot(self, line: str) -> int:
        self.fail(line)
        return CANNOT_RUN

    def _tell(self, report: dict[str, Any], *, dry_run: bool) -> None:
        for error in report["errors"]:
            self.say(f"Lỗi: {error['message']}")
        if report["errors"]:
            return
        new = sum(article["state"] == "new" for article in report["articles"])
        self.say(f"Đọc {report['rows']} bài in trên trang ({report['encoding']}). {'Sẽ nhập' if dry_run else 'Đã nhập'} {new} bản nháp, đã có từ trước {report['unchanged']}.")
        for article in report["articles"]:
            state = "mới" if article["state"] == "new" else f"đã có (bài số {article['page']})"
            self.say(f"• {article['title']}\n  {state}; tác giả: {article['author'] or 'không thấy'}; {article['paragraphs']} đoạn, {format_number(article['words'])} chữ")
            self._tell_more(article)
        self._tell_counters(report["counters"])
        for warning in report["warnings"]:
            self.say(f"Lưu ý: {warning['message']}")
        if report["slips"]:
            self.say(f"Góp ý về câu chữ ({len(report['slips'])}):")
        for slip in report["slips"][:SHOWN]:
            place = f"đoạn {slip['paragraph']}" if slip["paragraph"] else "tiêu đề"
            self.say(f"  {place}: {slip['message']}")
        if len(report["slips"]) > SHOWN:
            self.say(f"  … và {len(report['slips']) - SHOWN} mục nữa (xem đầy đủ với --json).")

    def _tell_more(self, article: dict[str, Any]) -> None:
        published = datetime_vi(datetime.fromisoformat(article["published"])) if article["published"] else "không thấy"
        self.say(f"  ngày đăng: {published}" + (f"; nguồn: {article['source']}" if article["source"] else ""))
        for kind, name in (("pictures", "ảnh"), ("files", "tệp")):
            for one in article[kind]:
                self.say(f"  {name}: {one['words'] or 'không có chú thích'} ({one['address'] or 'nằm trong trang'})")

    def _tell_counters(self, found: dict[str, Any] | None) -> None:
        if found is None:
            return
        values = {key: found.get(key) for key in ("today", "yesterday", "week", "month", "all")} | found["others"]
        self.say("Bộ đếm: " + "; ".join(f"{KEYS[key]} {format_number(value)}" for key, value in values.items() if value is not None))
        self.say(f"  {found['explanation']}")
