"""`kheo demo users`: the demo's sign-in names and passwords."""

from __future__ import annotations

from typing import Any

from kheo.config.demo import people
from kheo.core.commands import OK, PROBLEMS, KheoCommand


class Command(KheoCommand):
    help = "In tài khoản minh họa và mật khẩu."
    prints_results = True

    def run(self, **options: Any) -> int | None:
        """Exit 1 when no demo was loaded here."""
        kept = people.kept()
        if not kept:
            self.fail("Ở đây chưa nạp dữ liệu minh họa (kheo demo load).")
            return PROBLEMS
        titles = {name: title for name, title, _role, _position in people.PEOPLE}
        for name, password in kept.items():
            self.say(f"{name:<10} {password:<28} {titles.get(name, '')}")
        self.answer(kept)
        return OK
