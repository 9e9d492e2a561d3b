"""The durable log of hits: one file per process and day, appended to in groups.

A caller returns only when its line is on the disk: those who wait together share one `fdatasync`.
Each process writes files of its own and holds a shared lock on them while it may still write, so
that nobody packs or deletes a file that can grow. A file that failed once is never touched again.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
import time
from pathlib import Path

ENDING = ".log"
GATHER = 0.0003
"""Seconds a write waits for company, only while hits come several at a time."""


class LogFailed(Exception):
    """The line is not on the disk: the disk is full or the folder cannot be written."""


class _Batch:
    """Lines that go to the disk together."""

    __slots__ = ("error", "gate", "lines")

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.error: OSError | None = None
        # Closed until the lines are on the disk; then everybody who waits passes, one letting in the next.
        self.gate = threading.Lock()
        self.gate.acquire()


class Segments:
    """The log of one process, for any number of its threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pending = threading.Lock()
        self._writer = threading.Lock()
        self._batch = _Batch()
        self._open: dict[bytes, int] = {}
        self._process = os.getpid()
        self._company = False

    def append(self, line: bytes) -> None:
        """Put a whole line (see rules.lines) on the disk. LogFailed when it could not be kept."""
        with self._pending:
            batch = self._batch
            batch.lines.append(line)
            first = len(batch.lines) == 1
        if first:  # writes for all who come while the batch before is being written
            with self._writer:
                if self._company or len(batch.lines) > 1:
                    time.sleep(GATHER)  # writing to the disk costs far more than a line: let the others come along
                with self._pending:
                    self._batch = _Batch()
                    self._company = len(batch.lines) > 1
                self._write(batch)
        else:
            batch.gate.acquire()
        batch.gate.release()
        if batch.error is not None:
            raise LogFailed(str(batch.error)) from batch.error

    def _write(self, batch: _Batch) -> None:
        try:
            if self._process != os.getpid():  # forked: the files belong to the parent
                self._open, self._process = {}, os.getpid()
            days = {line[:8] for line in batch.lines}
            if len(days) == 1:
                self._store(days.pop(), b"".join(batch.lines))
            else:
                for day in sorted(days):
                    self._store(day, b"".join(line for line in batch.lines if line[:8] == day))
        except OSError as error:
            batch.error = error

    def _store(self, day: bytes, data: bytes) -> None:
        handle = self._open.get(day)
        if handle is None:
            handle = self._new(day)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fdatasync(handle)
        except OSError:
            # What the file holds now is unknown: leave it as it is, the next line begins another.
            del self._open[day]
            os.close(handle)
            raise

    def _new(self, day: bytes) -> int:
        folder = self.folder / day.decode("ascii")
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            name = f"{int(time.time())}-{os.getpid()}-{secrets.token_hex(4)}{ENDING}"
            handle = os.open(folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
            fcntl.flock(handle, fcntl.LOCK_SH)
            if os.fstat(handle).st_nlink:  # else someone tidied the empty file away before the lock
                break
            os.close(handle)
        _sync_folder(folder)
        for old in [known for known in self._open if known < day]:
            os.close(self._open.pop(old))
        self._open[day] = handle
        return handle

    def close(self) -> None:
        """Give up the files; the next line begins new ones."""
        with self._writer:
            for handle in self._open.values():
                os.close(handle)
            self._open = {}


def _sync_folder(folder: Path) -> None:
    """A new file survives a power cut only when its folders do."""
    for place in (folder, folder.parent):
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
