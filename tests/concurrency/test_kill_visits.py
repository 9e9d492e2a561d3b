"""kill -9 of servers and folders at random while 32 clients send: each acknowledged hit counts once.

KHEO_KILL_SECONDS makes it longer (8 by default).
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.db.models import Sum

from kheo.visits.actions import fold, rebuild
from kheo.visits.models import DayCount, HourCount, LabelDay, Segment
from kheo.visits.rules import tokens
from kheo.visits.sources import ledger
from tests.visits.beacons import AGENT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
SECONDS = float(os.environ.get("KHEO_KILL_SECONDS", "8"))
SECRET, CLIENTS, MOST = "khoa-thu", 32, 18_000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Processes:
    """Two servers and two folders, started again whenever they are killed."""

    def __init__(self, home: Path) -> None:
        self.env = {**os.environ, "KHEO_HOME": str(home), "VISITS_SECRET": SECRET}
        self.ports = [free_port(), free_port()]
        base = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "critical"]
        self.commands = [[*base, "--port", str(port), "tests.concurrency.visits_app:application"] for port in self.ports]
        folder = [sys.executable, "-m", "tests.concurrency.visits_folder", str(connection.settings_dict["NAME"])]
        self.commands += [folder, folder]
        self.running = [self.start(command) for command in self.commands]

    def start(self, command: list[str]) -> subprocess.Popen:
        return subprocess.Popen(command, cwd=ROOT, env=self.env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running[number].pid, signal.SIGKILL)
        self.running[number].wait()

    def restart(self, number: int) -> None:
        self.kill(number)
        self.running[number] = self.start(self.commands[number])


def client(number: int, ports: list[int], stop: threading.Event, acknowledged: list[str]) -> None:
    """Send hits with a page of their own each; note those that were answered 204."""
    key, serial, links = tokens.key_from(SECRET), 0, {}
    while not stop.is_set() and serial < MOST // CLIENTS:
        serial += 1
        path, port = f"/luot/{number}-{serial}/", random.choice(ports)
        try:
            if port not in links:
                links[port] = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            links[port].request("POST", "/truy-cap/ghi?" + urlencode({"p": tokens.make(key, 1, path)}), headers={
                "User-Agent": AGENT, "X-Forwarded-For": f"10.0.{number}.{serial % 40}",
            })  # fmt: skip
            answer = links[port].getresponse()
            answer.read()
            if answer.status == 204:
                acknowledged.append(path)
        except (OSError, http.client.HTTPException):
            links.pop(port).close() if port in links else None
            time.sleep(0.02)


def test_each_acknowledged_hit_counts_exactly_once(tmp_path):
    processes, stop = Processes(tmp_path), threading.Event()
    acknowledged: list[list[str]] = [[] for _ in range(CLIENTS)]
    threads = [threading.Thread(target=client, args=(n, processes.ports, stop, acknowledged[n])) for n in range(CLIENTS)]
    kills = 0
    try:
        time.sleep(2)
        for thread in threads:
            thread.start()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            time.sleep(random.uniform(0.3, 0.9))
            processes.restart(random.randrange(4))
            kills += 1
        stop.set()
        for thread in threads:
            thread.join(20)
    finally:
        for number in range(4):
            processes.kill(number)
    fold.fold()
    sent = [path for each in acknowledged for path in each]
    written = Counter(
        line.split(b"\t")[5].decode() for file in ledger.files() for line in ledger.whole(file).splitlines() if line.count(b"\t") == 7
    )
    assert kills >= 3
    assert len(sent) > 100
    assert [path for path in sent if written[path] != 1] == []
    counted = dict(LabelDay.objects.filter(label__kind="page").values_list("label__text", "views"))
    assert counted == dict(written)
    views = DayCount.objects.aggregate(n=Sum("views"))["n"]
    assert views == sum(written.values()) == HourCount.objects.aggregate(n=Sum("views"))["n"]
    assert Segment.objects.aggregate(n=Sum("lines"))["n"] == views
    assert all(result.difference == 0 for result in rebuild.rebuild(rebuild.days()))
    print(f"{len(sent)} acknowledged, {views} counted, {kills} kills")
