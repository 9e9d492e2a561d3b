"""Public figures from a streaming replica, and from the main database while the replica is behind."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from kheo.procedures.queries import figures

BIN = next(iter(sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)), "")
ROOT = Path(__file__).resolve().parents[2]


def test_without_a_replica_everything_is_read_here(settings):
    assert "replica" not in settings.DATABASES
    assert figures.database() == "default"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def run(*words: object) -> str:
    command = [str(word) for word in words]
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd="/tmp").stdout


@contextmanager
def pair(folder: Path):
    """A main cluster and a replica that streams from it: their addresses, and a switch of the replay."""
    main, replica = folder / "main", folder / "replica"
    ports = free_port(), free_port()
    options = f"-k {folder} -h 127.0.0.1 -c fsync=off"
    run(f"{BIN}/initdb", "-D", main, "-U", "kheo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run(f"{BIN}/pg_ctl", "-D", main, "-w", "-l", folder / "main.log", "-o", f"{options} -p {ports[0]} -c wal_level=replica", "start")
    try:
        run(f"{BIN}/createdb", "-h", "127.0.0.1", "-p", ports[0], "-U", "kheo", "kheo")
        run(f"{BIN}/pg_basebackup", "-h", "127.0.0.1", "-p", ports[0], "-U", "kheo", "-D", replica, "-R", "-X", "stream", "-c", "fast")
        run(f"{BIN}/pg_ctl", "-D", replica, "-w", "-l", folder / "replica.log", "-o", f"{options} -p {ports[1]}", "start")
        yield [f"postgres://kheo@127.0.0.1:{port}/kheo" for port in ports]
    finally:
        for place in (replica, main):
            subprocess.run(["runuser", "-u", "postgres", "--", f"{BIN}/pg_ctl", "-D", str(place), "-m", "immediate", "stop"] if os.getuid() == 0
                           else [f"{BIN}/pg_ctl", "-D", str(place), "-m", "immediate", "stop"], capture_output=True, check=False)


PROGRAM = """
import time
from django.core.management import call_command
import django; django.setup()
from django.db import connections
from kheo.procedures.actions import publish
from kheo.procedures.models import Publication
from kheo.procedures.queries import figures
with connections["default"].schema_editor() as editor:
    editor.create_model(Publication)
publish.raise_number()
def wait(alias):
    for _n in range(200):
        if figures.database() == alias: return True
        time.sleep(0.05)
    return False
print("caught up", wait("replica"))
with connections["replica"].cursor() as cursor: cursor.execute("SELECT pg_wal_replay_pause()")
publish.raise_number()
print("behind", figures.database() == "default")
with connections["replica"].cursor() as cursor: cursor.execute("SELECT pg_wal_replay_resume()")
print("again", wait("replica"))
"""


@pytest.mark.slow
@pytest.mark.skipif(not BIN, reason="no PostgreSQL on this machine")
def test_a_replica_is_read_only_when_it_holds_the_last_publication(tmp_path_factory):
    import sys

    folder = Path("/tmp") / f"kheo-replica-{os.getpid()}-{int(time.time())}"
    folder.mkdir(mode=0o755)
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    try:
        with pair(folder) as (main, replica):
            environment = {**os.environ, "DATABASE_URL": main, "KHEO_REPLICA_URL": replica, "DJANGO_SETTINGS_MODULE": "kheo.config.settings", "KHEO_HOME": str(tmp_path_factory.mktemp("home"))}
            told = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
            assert told.stdout.split("\n")[:3] == ["caught up True", "behind True", "again True"], told.stderr[-2000:]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
