"""`kheo rebuild procedures`: published totals anew from the facts, with what was different."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from kheo.core.commands import PROBLEMS, KheoCommand
from kheo.procedures.actions import rebuild
from kheo.procedures.models import Batch


class Command(KheoCommand):
    help = "Đếm lại số liệu TTHC đã công bố từ từng hồ sơ, so với số đang lưu và ghi lại chỗ khác."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """Only compare, or write."""
        parser.add_argument("--dry-run", action="store_true", help="chỉ so sánh, không ghi gì")

    def run(self, **options: Any) -> int | None:
        """Exit 1 when something differed."""
        batches = Batch.objects.filter(state__in=[Batch.State.PUBLISHED, Batch.State.CHECKED]).order_by("pk")
        found = [difference for batch in batches for difference in (rebuild.compare(batch) if options["dry_run"] else rebuild.rebuild(batch))]
        for difference in found:
            self.say(f"Lô {difference.batch}, đơn vị {difference.unit}, lĩnh vực {difference.field or 'gộp'}: đang lưu {difference.stored}, đếm được {difference.counted}")
        periods = rebuild.unequal_periods() if options["dry_run"] else rebuild.rebuild_periods()
        for period in periods:
            self.say(f"Kỳ {period.code}: bảng đang hiện khác tổng của các lô")
        different = len(found) + len(periods)
        self.say(f"Đã so {batches.count()} lô, {different} chỗ khác.")
        self.answer({"batches": batches.count(), "different": different, "written": bool(different) and not options["dry_run"]})
        return PROBLEMS if different else None
