"""`kheo run-due`: what is due now, once. Safe to run as often as one likes."""

from __future__ import annotations

from typing import Any

from kheo.config import schedule
from kheo.core.commands import OK, PROBLEMS, KheoCommand


class Command(KheoCommand):
    help = "Chạy các việc đến hạn một lần; chạy lại không làm gì thêm."
    prints_results = True

    def run(self, **options: Any) -> int | None:
        """Exit 1 when one of them failed."""
        outcome = schedule.run_due()
        for name, words in outcome.items():
            self.say(f"{name}: {words}")
        if not outcome:
            self.say("Không có việc nào đến hạn.")
        self.answer(outcome)
        return OK if all(words == "ok" for words in outcome.values()) else PROBLEMS
