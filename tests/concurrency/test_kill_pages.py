"""Two web workers over one store: a commit shows in both at the next request, also when its writer was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from kheo.core.pages import ledger
from kheo.portal.models import SiteIdentity

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
PAGE = "/rieng-tu/"


def start(*more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.pages_worker", str(connection.settings_dict["NAME"]), *more],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "KHEO_HOME": str(settings.KHEO_HOME)},
    )


@pytest.fixture
def workers():
    SiteIdentity.objects.create(pk=1, name="Tên thứ nhất")
    ledger.open_ledger(Path(settings.KHEO_HOME))
    made = [start(), start()]
    yield made
    for process in made:
        process.kill()
        process.wait()


def ask(worker: subprocess.Popen[str], words: str) -> tuple[str, bool, int]:
    """Status, whether the words are on the page, how often this worker has asked Django."""
    worker.stdin.write(f"{PAGE}\t{words}\n")
    worker.stdin.flush()
    status, there, asked = worker.stdout.readline().split()
    return status, there == "1", int(asked)


def test_it_works(workers):
    first, second = workers
    assert ask(first, "Tên thứ nhất") == ("200", True, 1)
    assert ask(second, "Tên thứ nhất")[:2] == ("200", True)
    for number in range(12):
        name = f"Tên lần {number:02d}"
        SiteIdentity.objects.update(name=name)
        assert [ask(worker, name)[:2] for worker in workers] == [("200", True)] * 2, f"stale after {name}"
    asked = ask(first, name)[2] + ask(second, name)[2]
    assert asked <= 2 + 12, "both rendered what one had kept for both"
    killed_between_commit_and_generation(workers)


def killed_between_commit_and_generation(workers: list[subprocess.Popen[str]]) -> None:
    """In the same test, for the workers take seconds to start."""
    book = ledger.open_ledger(Path(settings.KHEO_HOME))
    before = book.generation()
    writer = start("Tên sau cùng")
    assert writer.wait(60) == -signal.SIGKILL
    assert SiteIdentity.objects.get().name == "Tên sau cùng"  # it was committed
    assert not book.link.is_symlink()  # a web server in front finds nothing either
    assert [ask(worker, "Tên sau cùng")[:2] for worker in workers] == [("200", True)] * 2
    assert book.generation() > before
    assert book.link.is_symlink()
