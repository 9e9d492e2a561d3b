"""`kheo links check`: which links of our pages lead nowhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from wagtail.models import Site

from kheo.core.commands import OK, PROBLEMS, KheoCommand
from kheo.portal.actions import check_links
from kheo.portal.words import answer_words

SHOWN = 3  # pages named for one address
NAMES = {"link": "liên kết", "picture": "ảnh", "anchor": "chỗ trong trang"}


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
            "broken": [
                {"host": walk.site.hostname, "page": found.page, "link": found.address, "place": found.anchor, "kind": found.kind, "words": found.words, "answer": answer}
                for walk in walks for found, answer in walk.broken
            ],
        })
        for walk in walks:
            for (kind, address, answer), found in self._grouped(walk).items():
                words = next((f" “{one.words}”" for one in found if one.words), "")
                self.say(f"{NAMES[kind]}{words} → {address}: {answer_words(answer)}")
                pages = list(dict.fromkeys(one.page for one in found))
                more = f" và {len(pages) - SHOWN} trang nữa" if len(pages) > SHOWN else ""
                self.say(f"    ở {', '.join(walk.site.hostname + page for page in pages[:SHOWN])}{more}")
            rest = "" if walk.whole else " Chưa thử hết: quá nhiều liên kết, hoặc trang ngoài trả lời quá chậm; lượt sau thử tiếp."
            self.say(f"{walk.site.hostname}: đã đọc {walk.pages} trang, thử {walk.links} liên kết; {len(self._grouped(walk))} địa chỉ hỏng.{rest}")
        return PROBLEMS if any(walk.broken for walk in walks) else OK

    def _grouped(self, walk: check_links.Walk) -> dict[tuple[str, str, str], list[check_links.Found]]:
        """The broken links by where they lead: one address is told once, whatever number of pages has it."""
        groups: dict[tuple[str, str, str], list[check_links.Found]] = {}
        for found, answer in walk.broken:
            address = f"{found.address}#{found.anchor}" if found.anchor else found.address
            groups.setdefault((found.kind, address, answer), []).append(found)
        return groups
