"""The supervisor of `kheo serve` and its children."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kheo.config import serving

SUPERVISOR = """
import sys
from kheo.config import serving
child = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
serving.supervise({"child": [sys.executable, "-c", child, sys.argv[1]]}, print)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_child_outlives_it(tmp_path: Path, number: int):
    note = tmp_path / "child"
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(note)])
    _until(lambda: note.exists() and note.read_text())
    supervisor.send_signal(number)
    supervisor.wait(20)
    _until(lambda: not _lives(int(note.read_text())))


def test_it_says_where_it_runs_only_when_it_can_be_opened(tmp_path: Path):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    assert not serving.answers("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)):
        assert serving.answers("127.0.0.1", port)
        assert serving.answers("0.0.0.0", port)
    asked = []
    child = [sys.executable, "-c", "import time; time.sleep(60)"]

    def ready() -> bool:
        asked.append(1)
        if len(asked) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return len(asked) == 3

    kept = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    try:
        assert serving.supervise({"child": child}, print, ready) == 0
    finally:
        signal.signal(signal.SIGINT, kept[0])
        signal.signal(signal.SIGTERM, kept[1])
    assert len(asked) == 3


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _until(holds) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
