"""`kheo links check`: which links of our pages lead nowhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from kheo.core.commands import OK, PROBLEMS, KheoCommand
from kheo.portal.actions import check_links
from kheo.portal.queries import sites


class Command(KheoCommand):
    help = "Đọc mọi trang công khai và thử từng liên kết; in liên kết hỏng, giữ kết quả ở bàn làm việc."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """Which host, and whether to ask other sites."""
        parser.add_argument("--host", help="tên miền của trang cần kiểm tra (mặc định: trang chính)")
        parser.add_argument("--chi-noi-bo", action="store_true", dest="inside_only", help="không thử liên kết sang trang khác")

    def run(self, **options: Any) -> int | None:
        """Exit status 1 when a link is broken."""
        walk = check_links.check_links(options["host"] or sites.default_host(), outside=not options["inside_only"])
        self.answer({
            "pages": walk.pages, "links": walk.links,
            "broken": [{"page": page, "link": link, "words": words, "answer": answer} for page, link, words, answer in walk.broken],
        })
        for page, link, _words, answer in walk.broken:
            self.say(f"{page}: {link} ({answer})")
        self.say(f"Đã đọc {walk.pages} trang, thử {walk.links} liên kết; {len(walk.broken)} liên kết hỏng.")
        return PROBLEMS if walk.broken else OK
