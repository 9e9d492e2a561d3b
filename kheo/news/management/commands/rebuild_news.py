"""`kheo rebuild news`: everything of the news that is derived, made anew."""

from __future__ import annotations

from typing import Any

from kheo.core.commands import KheoCommand
from kheo.news.actions import set_up, take_print


class Command(KheoCommand):
    help = "Dựng lại cây trang tin, quy trình duyệt và dấu vân của các bài."
    prints_results = True

    def run(self, **options: Any) -> int | None:
        """Idempotent; exit 0."""
        set_up.set_up()
        count = take_print.rebuild()
        self.say(f"Đã dựng lại dấu vân của {count} bài.")
        self.answer({"articles": count})
        return None
