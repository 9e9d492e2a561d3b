"""`kheo demo load`: Bỉm Sơn 2023, built through the same verbs that people use."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from kheo.config.demo import people, story
from kheo.core.commands import OK, PROBLEMS, KheoCommand
from kheo.movements.models import Movement


class Command(KheoCommand):
    help = "Nạp dữ liệu minh họa “Bỉm Sơn 2023”; nạp lại không thêm gì."
    prints_results = True

    def arguments(self, parser: CommandParser) -> None:
        """--if-empty is for script/server."""
        parser.add_argument("--if-empty", action="store_true", help="không làm gì nếu cơ sở dữ liệu đã có người dùng")

    def run(self, **options: Any) -> int | None:
        """One transaction: a load that was cut off leaves nothing and can be repeated."""
        if story.exists():
            loaded = Movement.objects.filter(slug="dan-van-kheo").exists() and bool(people.kept())
            if options["if_empty"] or loaded:
                self.say("Dữ liệu minh họa đã có; không thêm gì." if loaded else "Cơ sở dữ liệu đã có dữ liệu; không nạp minh họa.")
                self.answer({"loaded": False})
                return OK
            self.fail("Cơ sở dữ liệu đã có dữ liệu khác; chỉ nạp minh họa vào cơ sở dữ liệu trống (đặt KHEO_HOME sang thư mục mới).")
            return PROBLEMS
        given = people.passwords()
        count = story.load(given, self.bar)
        people.keep(given)
        self.say(f"Đã nạp dữ liệu minh họa “Bỉm Sơn 2023”: {count} mô hình, điển hình.")
        self.say("Tài khoản minh họa (in lại bằng: kheo demo users):")
        for name, title, _role, _position in people.PEOPLE:
            self.say(f"  {name:<10} {given[name]:<28} {title}")
        self.answer({"loaded": True, "practices": count})
        return OK
