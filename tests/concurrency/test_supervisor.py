"""The supervisor of `kheo serve` and its children."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

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
