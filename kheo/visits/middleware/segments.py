"""The log of hits: files of one process and day, to which whole lines are appended.

A caller returns when the operating system has its line: a process that is killed then loses nothing.
The disk follows within `within` seconds, one `fdatasync` for all lines of that time, so that readers
and pages never wait for a slow disk; with `within` 0 each caller waits for the disk itself.

A file has one writer at a time, so that a line cut short by a full disk never has another glued to
it. A file that failed once is never touched again. While a file may still grow its process holds a
shared lock on it, so that nobody packs or deletes it.
"""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import secrets
import threading
import time
from pathlib import Path

ENDING = ".log"
WITHIN = 0.05

logger = logging.getLogger(__name__)


class _File:
    """An open segment of one day."""

    __slots__ = ("day", "dirty", "failed", "handle")

    def __init__(self, day: bytes, handle: int) -> None:
        self.day = day
        self.handle = handle
        self.dirty = False
        self.failed = False


class Segments:
    """The log of one process, for any number of its threads."""

    def __init__(self, folder: Path, within: float = WITHIN) -> None:
        self.folder = folder
        self.within = within
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._free: list[_File] = []
        """Files nobody is writing to. The last one given back is the next one taken: few are ever open."""
        self._files: set[_File] = set()
        self._changing = threading.Lock()
        """Held while files are opened, closed or brought to the disk; never while a line is written."""
        self._written = threading.Event()
        self._thread: threading.Thread | None = None

    def append(self, line: bytes) -> None:
        """Append a whole line (see rules.lines). OSError when it could not be kept."""
        file = self._take(line[:8])
        try:
            if os.write(file.handle, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if not self.within:
                os.fdatasync(file.handle)
        except OSError:
            # What the file holds now is unknown: leave it as it is, the next line begins another.
            self._close(file)
            raise
        file.dirty = bool(self.within)
        self._free.append(file)
        if not self._written.is_set():
            self._written.set()

    def _take(self, day: bytes) -> _File:
        """A file of that day that nobody else writes to."""
        if self._process != os.getpid():  # forked: the files belong to the parent
            self._begin()
        while True:
            try:
                file = self._free.pop()  # one step of the interpreter: no two threads get the same
            except IndexError:
                return self._new(day)
            if file.day == day and not file.failed:
                return file
            self._close(file)

    def _new(self, day: bytes) -> _File:
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
        file = _File(day, handle)
        with self._changing:
            self._files.add(file)
            if self.within and self._thread is None:
                self._thread = threading.Thread(target=self._follow, args=(self._written,), name="visits-to-disk", daemon=True)
                self._thread.start()
        return file

    def _close(self, file: _File) -> None:
        with self._changing:
            self._files.discard(file)
            self._to_disk(file)
            os.close(file.handle)

    def _follow(self, written: threading.Event) -> None:
        """Bring to the disk what was written, at most `within` seconds after it was."""
        while True:
            written.wait()
            time.sleep(self.within)
            written.clear()  # before looking: a line from here on asks again
            self.sync()

    def sync(self) -> None:
        """Bring every line answered so far to the disk."""
        with self._changing:
            for file in self._files:
                self._to_disk(file)

    @staticmethod
    def _to_disk(file: _File) -> None:
        if not file.dirty:
            return
        file.dirty = False  # before the call: a line written meanwhile makes it dirty again
        try:
            os.fdatasync(file.handle)
        except OSError:
            file.failed = True  # its next line goes to another file
            logger.exception("visits: the disk did not take lines that were already answered")

    def close(self) -> None:
        """Give up the files; the next line begins new ones. Nobody may be writing."""
        while self._free:
            self._close(self._free.pop())


def _sync_folder(folder: Path) -> None:
    """A new file survives a power cut only when its folders do."""
    for place in (folder, folder.parent):
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
