"""`kheo links check`: which links of our pages lead nowhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from wagtail.models import Site

from kheo.core.commands import OK, PROBLEMS, KheoCommand
from kheo.portal.actions import check_links


class Command(KheoCommand):
    help = "Đọc mọi trang công khai của mọi trang thông tin và thử từng liên kết; in liên kết hỏng, giữ kết quả ở bàn làm việc."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """Which site, and whether to ask other sites."""
        parser.add_argument("--host", help="chỉ kiểm tra trang thông tin có tên miền này (mặc định: mọi trang)")
        parser.add_argument("--chi-noi-bo", action="store_true", dest="inside_only", help="không thử liên kết sang trang khác")

    def run(self, **options: Any) -> int | None:
        """Exit status 1 when a link is broken."""
        outside = not options["inside_only"]
        if options["host"]:
            site = Site.objects.filter(hostname=options["host"].strip().lower()).first()
            if site is None:
                known = ", ".join(Site.objects.values_list("hostname", flat=True))
                raise CommandError(f"Không có trang thông tin nào ở tên miền “{options['host']}”. Đang có: {known}.")
            walks = [check_links.check_links(site, outside=outside)]
        else:
            walks = check_links.check_every_site(outside=outside)
        self.answer({
            "pages": sum(walk.pages for walk in walks), "links": sum(walk.links for walk in walks),
            "broken": [{"host": walk.site.hostname, "page": page, "link": link, "words": words, "answer": answer} for walk in walks for page, link, words, answer in walk.broken],
        })
        for walk in walks:
            for page, link, _words, answer in walk.broken:
                self.say(f"{walk.site.hostname}{page}: {link} ({answer})")
            rest = "" if walk.whole else " Chưa hết: trang có nhiều liên kết hơn một lượt đọc."
            self.say(f"{walk.site.hostname}: đã đọc {walk.pages} trang, thử {walk.links} liên kết; {len(walk.broken)} liên kết hỏng.{rest}")
        return PROBLEMS if any(walk.broken for walk in walks) else OK
