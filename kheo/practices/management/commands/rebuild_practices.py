"""`kheo rebuild practices`: compute the derived search and sort fields of all practices again."""

from __future__ import annotations

from typing import Any

from kheo.core.commands import KheoCommand
from kheo.practices.actions import write
from kheo.practices.models import Practice

DERIVED = ["folded", "title_folded", "sort_key"]
CHUNK = 500


class Command(KheoCommand):
    help = "Dựng lại các trường tìm kiếm và sắp xếp của mọi mô hình từ dữ liệu gốc."
    prints_results = True

    def run(self, **options: Any) -> int | None:
        """Safe to run at any time; writes only what changed."""
        changed: list[Practice] = []
        count = written = 0
        practices = Practice.objects.prefetch_related("organization__versions", "ward__versions")
        for practice in self.bar(practices.iterator(chunk_size=CHUNK), "Mô hình", total=Practice.objects.count()):
            before = [getattr(practice, name) for name in DERIVED]
            write.refresh_search(practice)
            count += 1
            if before != [getattr(practice, name) for name in DERIVED]:
                changed.append(practice)
            if len(changed) >= CHUNK:
                written += Practice.objects.bulk_update(changed, DERIVED)
                changed = []
        written += Practice.objects.bulk_update(changed, DERIVED) if changed else 0
        self.say(f"Đã xem {count} mô hình, dựng lại {written}.")
        self.answer({"practices": count, "rebuilt": written})
        return 0
