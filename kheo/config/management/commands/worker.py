"""`kheo worker`: background jobs from the queue, and the timed works of the schedule."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.core.management import call_command
from django.db import close_old_connections, connection

from kheo.config import schedule
from kheo.core import jobs
from kheo.core.commands import KheoCommand

logger = logging.getLogger("kheo")
SECONDS_BETWEEN_CHECKS = 30


class Command(KheoCommand):
    help = "Chạy bộ xử lý việc nền (nhập tệp, in giấy khen, thư tổng hợp…)."

    def run(self, **options: Any) -> int | None:
        """First tell what an earlier crash interrupted, then work until stopped."""
        interrupted = jobs.sweep()
        if interrupted:
            self.say(f"{interrupted} việc bị ngắt giữa chừng ở lần chạy trước: không có gì được ghi; hãy làm lại.")
        stop = threading.Event()
        timer = threading.Thread(target=_keep_time, args=(stop,), daemon=True)
        timer.start()
        try:
            call_command("db_worker", interval=1, startup_delay=False, verbosity=0)
        finally:
            stop.set()
        return 0


def _keep_time(stop: threading.Event) -> None:
    while not stop.wait(SECONDS_BETWEEN_CHECKS):
        close_old_connections()
        try:
            schedule.run_due()
        except Exception as error:  # the timer must survive a database that is away for a moment
            logger.warning("run-due: %s", error)
        finally:
            connection.close()
