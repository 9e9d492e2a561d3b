"""`kheo search rebuild`: write the whole search index anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kheo.core.commands import KheoCommand
from kheo.core.rules.numbers import format_number
from kheo.core.search import indexing
from kheo.core.search.kinds import Kind


class Command(KheoCommand):
    help = "Dựng lại toàn bộ chỉ mục tìm kiếm từ dữ liệu gốc. Chạy lúc nào cũng được; người đọc vẫn tìm được trong khi chạy."
    prints_results = True

    def run(self, **options: Any) -> int | None:
        """Kind by kind, with a progress bar."""

        def bar(pks: Iterator[int], total: int, kind: Kind) -> Iterable[int]:
            return self.bar(pks, str(kind.label), total=total)

        counts = indexing.rebuild(bar)
        self.say(f"Đã dựng lại chỉ mục tìm kiếm: {format_number(sum(counts.values()))} tài liệu.")
        self.answer({"documents": sum(counts.values()), "kinds": counts})
        return 0
