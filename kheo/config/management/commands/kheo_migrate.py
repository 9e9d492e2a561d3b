"""`kheo migrate`: make or upgrade the database and gather the static files."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kheo.config import env, serving
from kheo.config.journal import TAKEN_BACK, take_back
from kheo.core.commands import OK, PROBLEMS, KheoCommand


class Command(KheoCommand):
    help = "Tạo hoặc nâng cấp cơ sở dữ liệu; chạy lại khi đã mới nhất thì không làm gì."

    def run(self, **options: Any) -> int | None:
        """Says what it did in one line each."""
        serving.check_home(env.home())
        if take_back(env.home()):
            self.say(TAKEN_BACK)
        # Compressing the static files takes a core for as long as the database does.
        static = subprocess.Popen(
            [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"], cwd=env.ROOT
        )
        try:
            libraries_first()
            call_command("migrate", interactive=False, verbosity=0)
            self.say("Cơ sở dữ liệu đã ở phiên bản mới nhất.")
        finally:
            gathered = static.wait()
        if gathered:
            self.fail("Không chuẩn bị được tệp giao diện. Xem thông báo phía trên.")
            return PROBLEMS
        self.say("Tệp giao diện đã sẵn sàng.")
        return OK


def libraries_first() -> None:
    """On an empty database, run the migrations of the libraries before ours.

    Django rebuilds every model that hangs on a changed one after each step. In its own order, by
    name, the two hundred steps of the libraries rebuild our rooms each time; in this order the rooms
    are not there yet, and the whole takes half as long. What remains is left to `migrate`.
    """
    executor = MigrationExecutor(connection)
    if executor.loader.applied_migrations:
        return
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("kheo.")}
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] not in ours])
