"""`kheo visits rebuild`: the rollups again from the log of hits."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from kheo.core.commands import OK, PROBLEMS, KheoCommand
from kheo.core.rules.dates import format_date, parse_date
from kheo.core.rules.numbers import format_number
from kheo.visits.actions import rebuild


class Command(KheoCommand):
    help = "Dựng lại số liệu truy cập từ sổ gốc; ngày đã xóa sổ gốc thì giữ nguyên số đã cộng."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """An optional range of days."""
        parser.add_argument("--from", dest="first", help="từ ngày, ví dụ 01/11/2026")
        parser.add_argument("--to", dest="last", help="đến ngày")

    def run(self, **options: Any) -> int | None:
        """Exit 1 when a day could not be counted again because segments are missing."""
        first = parse_date(options["first"], field="--from") if options["first"] else None
        last = parse_date(options["last"], field="--to") if options["last"] else None
        wanted = rebuild.days(first, last)
        done = []
        for result in self.bar(rebuild.rebuild(wanted), "Ngày", total=len(wanted)):
            done.append({"day": result.day, "lines": result.lines, "difference": result.difference, "missing": result.missing})
            if result.missing:
                self.say(f"{format_date(result.day)}: thiếu {len(result.missing)} đoạn sổ gốc, giữ nguyên số đã cộng.")
            elif result.difference:
                self.say(f"{format_date(result.day)}: lệch {format_number(result.difference)}, đã sửa theo sổ gốc.")
        self.say(f"Đã đếm lại {len([d for d in done if not d['missing']])} ngày từ sổ gốc.")
        self.answer({"days": done})
        return PROBLEMS if any(d["missing"] for d in done) else OK
