"""`kheo migrate`: make or upgrade the database and gather the static files."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command

from kheo.config import env, serving
from kheo.core.commands import KheoCommand


class Command(KheoCommand):
    help = "Tạo hoặc nâng cấp cơ sở dữ liệu; chạy lại khi đã mới nhất thì không làm gì."

    def run(self, **options: Any) -> int | None:
        """Says what it did in one line each."""
        serving.check_home(env.home())
        call_command("migrate", interactive=False, verbosity=0)
        self.say("Cơ sở dữ liệu đã ở phiên bản mới nhất.")
        call_command("collectstatic", interactive=False, verbosity=0)
        self.say("Tệp giao diện đã sẵn sàng.")
        return 0
