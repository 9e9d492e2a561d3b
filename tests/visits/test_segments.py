"""The log of hits: written before the answer, on the disk soon after, never two lines glued together."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kheo.visits.middleware import segments
from kheo.visits.middleware.segments import Segments
from kheo.visits.sources import ledger

LINE = b"2026112514\t1\th\tphone\t-\t/\t-\t1795000000\n"


def content(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*.log")))


@pytest.fixture
def synced(monkeypatch):
    """The number of times the disk was asked."""
    calls, real = [], os.fdatasync

    def asked(handle):
        calls.append(handle)
        real(handle)

    monkeypatch.setattr(segments.os, "fdatasync", asked)
    return calls


def test_it_works(tmp_path, synced):
    log = Segments(tmp_path, within=0.01)
    log.append(LINE)
    assert content(tmp_path) == LINE
    until = time.monotonic() + 5
    while not synced and time.monotonic() < until:
        time.sleep(0.005)
    assert len(synced) == 1
    log.sync()
    assert len(synced) == 1  # nothing new since


def test_within_0_the_disk_comes_before_the_answer(tmp_path, synced):
    log = Segments(tmp_path, within=0)
    log.append(LINE)
    log.append(LINE)
    assert len(synced) == 2


def test_many_at_once_lose_nothing_and_share_few_files(tmp_path):
    log = Segments(tmp_path)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: log.append(LINE.replace(b"/\t-", b"/%d/\t-" % n)), range(2000)))
    found = content(tmp_path).splitlines()
    assert len(set(found)) == len(found) == 2000
    assert len(list(tmp_path.rglob("*.log"))) <= 16


def test_a_line_cut_short_is_refused_and_nothing_is_glued_to_it(tmp_path, monkeypatch):
    log = Segments(tmp_path)
    log.append(LINE)
    real = os.write
    monkeypatch.setattr(segments.os, "write", lambda handle, data: real(handle, data[:10]))
    with pytest.raises(OSError, match="No space"):
        log.append(LINE)
    monkeypatch.undo()
    log.append(LINE)
    kept = sorted(path.read_bytes() for path in tmp_path.rglob("*.log"))
    assert kept == sorted([LINE + LINE[:10], LINE])


def test_another_day_is_another_file(tmp_path):
    log = Segments(tmp_path)
    for day in (b"20261125", b"20261126", b"20261126"):
        log.append(day + LINE[8:])
    files = {path.parent.name: path for path in tmp_path.rglob("*.log")}
    assert [files[day].read_bytes().count(b"\n") for day in ("20261125", "20261126")] == [1, 2]
    assert not ledger.being_written(files["20261125"])
    assert ledger.being_written(files["20261126"])


def test_a_failing_disk_gets_a_new_file_and_is_told(tmp_path, monkeypatch, caplog):
    log = Segments(tmp_path, within=3600)
    log.append(LINE)

    def broken(_handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(segments.os, "fdatasync", broken)
    log.sync()
    monkeypatch.undo()
    assert "did not take" in caplog.text
    log.append(LINE)
    assert len(list(tmp_path.rglob("*.log"))) == 2


def test_a_forked_process_writes_files_of_its_own(tmp_path):
    log = Segments(tmp_path, within=0)
    log.append(LINE)
    log._process = -1
    log.append(LINE)
    assert [path.read_bytes() for path in tmp_path.rglob("*.log")] == [LINE, LINE]


def test_what_is_counted_is_on_the_disk(tmp_path, monkeypatch):
    path = tmp_path / "20261125" / "a.log"
    path.parent.mkdir()
    path.write_bytes(LINE)
    asked = []
    monkeypatch.setattr(ledger.os, "fdatasync", asked.append)
    assert ledger.read(ledger.File("20261125/a.log", path, False), 0, 1000) == (LINE, False)
    assert len(asked) == 1


def test_the_follower_does_not_keep_a_process_alive(tmp_path):
    Segments(tmp_path).append(LINE)
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "visits-to-disk")
