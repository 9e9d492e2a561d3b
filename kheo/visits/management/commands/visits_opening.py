"""`kheo visits opening --total N --on DATE`: with how many page views counting began."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from kheo.core.commands import KheoCommand
from kheo.core.rules.dates import format_date, parse_date
from kheo.core.rules.numbers import format_number, parse
from kheo.visits.actions import set_opening
from kheo.visits.queries import counter, sites


class Command(KheoCommand):
    help = "Đặt số dư đầu của bộ đếm: tổng lượt xem của trang cũ vào đầu một ngày; lượt xem từ ngày đó được cộng thêm."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """Total, day, site and note."""
        parser.add_argument("--total", required=True, help="tổng lượt xem, ví dụ 6075017 hoặc 6.075.017")
        parser.add_argument("--on", required=True, help="ngày (đầu ngày), ví dụ 03/12/2023 hoặc 2023-12-03")
        parser.add_argument("--site", default="", help="tên miền của trang; bỏ trống là trang mặc định")
        parser.add_argument("--note", default="", help="ghi chú hiện cho người đọc, ví dụ “bộ đếm của trang cũ”")

    def run(self, **options: Any) -> int | None:
        """Set or correct it; print the counter afterwards."""
        site = sites.number_of(options["site"])
        total = int(parse(options["total"], kind="integer", field="--total"))
        on = parse_date(options["on"], field="--on")
        opening = set_opening.set_opening(site=site, total=total, on=on, note=options["note"], by=None)
        found = counter.figures(site)
        self.say(f"Số dư đầu ngày {format_date(on)}: {format_number(opening.total)} lượt xem. Tất cả bây giờ: {format_number(found.each['all'].views)}.")
        self.answer({"site": site, "on": on, "total": opening.total, "all": found.each["all"].views})
        return 0
