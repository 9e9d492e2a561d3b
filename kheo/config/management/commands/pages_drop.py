"""`kheo pages drop`: leave every kept page behind."""

from __future__ import annotations

from typing import Any

from kheo.config import env, serving
from kheo.core.commands import OK, KheoCommand
from kheo.core.pages import ledger


class Command(KheoCommand):
    help = "Bỏ mọi trang công khai đã giữ; cần khi dữ liệu bị sửa bên ngoài Khéo. Trang đang chạy không phải dừng."
    prints_results = True

    def run(self, **options: Any) -> int | None:
        """Every process sees it at its next request; the files are swept with the next page kept."""
        serving.check_home(env.home())
        generation = ledger.open_ledger(env.home()).move_on()
        self.say("Đã bỏ mọi trang đã giữ; trang sẽ được dựng lại ở lần xem tới.")
        self.answer({"generation": generation})
        return OK
