"""Which state of the database a kept page belongs to, known to every process of the machine.

One small file mapped into memory holds a generation (8 bytes) and one byte for each writing process.
A writer puts up its mark just before COMMIT, and after COMMIT moves the generation on and takes the
mark down. Pages are kept under the generation read *before* they were rendered, so a page that saw
older rows can never be found again. While any mark stands nothing is served from the store. A mark
whose process died (its lock is gone) is taken down by the next reader, which moves the generation on
first: kill -9 between COMMIT and the move leaves no old page.

`current` is a link to the folder of the living generation, for a web server that serves the files
itself. It is away while a mark stands, and away it stays when the writer dies.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from kheo.core.errors import DomainError

SIZE, NUMBER, MARKS, PLACES = 4096, 8, 64, 256
"""The file: its size in bytes, where the generation and the marks begin, how many may write at once."""
QUIET = bytes(PLACES)


class Ledger:
    """The generation and the marks of one data folder."""

    def __init__(self, folder: Path) -> None:
        """Open `folder`/ledger, made when it is not there. DomainError when it cannot be written."""
        self.folder = folder
        self.link = folder / "current"
        self._lock = threading.RLock()
        self._depth = 0
        self._place: int | None = None
        self._place_lock = self._short_lock = -1
        try:
            self._map = self._open()
        except OSError as error:
            raise DomainError(
                f"Không ghi được vào {folder} ({error.strerror}). Tài khoản chạy lệnh này cần quyền ghi "
                "thư mục dữ liệu: mọi thay đổi phải được báo cho kho trang công khai."
            ) from error
        self._number = memoryview(self._map)[NUMBER : NUMBER + 8].cast("Q")
        os.register_at_fork(after_in_child=_child_of(weakref.ref(self)))
        if not self._number[0]:
            self.move_on()

    def _open(self) -> mmap.mmap:
        (self.folder / "writers").mkdir(parents=True, exist_ok=True)
        file = os.open(self.folder / "ledger", os.O_RDWR | os.O_CREAT, 0o660)
        try:
            if os.fstat(file).st_size < SIZE:
                os.ftruncate(file, SIZE)
            return mmap.mmap(file, SIZE)
        finally:
            os.close(file)

    def generation(self) -> int | None:
        """The living generation; None while somebody is committing."""
        found = self._number[0]
        if self._map[MARKS : MARKS + PLACES] == QUIET:
            return found
        return self._number[0] if self._bury() else None

    def wait(self, seconds: float) -> int | None:
        """The living generation, waiting a little while a commit is under way; None after that."""
        end = time.monotonic() + seconds
        while (found := self.generation()) is None and time.monotonic() < end:
            time.sleep(0.001)
        return found

    def move_on(self) -> int:
        """Leave every kept page behind; the new generation."""
        with self._short():
            self._move()
            self._point()
            return self._number[0]

    @contextmanager
    def commit(self) -> Iterator[None]:
        """Around a COMMIT: the store rests, and what it kept is left behind before this returns."""
        with self._short():
            place = self._own_place()
            self._map[MARKS + place] += 1
            self.link.unlink(missing_ok=True)
        try:
            yield
        finally:
            with self._short():
                self._move()
                self._map[MARKS + place] -= 1
                self._point()

    def restore_link(self) -> None:
        """Put `current` up again where it is missing though nobody is committing."""
        if self.generation() is not None and not self.link.is_symlink():
            with self._short():
                self._point()

    def _move(self) -> None:
        # Never a number that was used before, even if a power cut took the file some steps back.
        self._number[0] = max(self._number[0] + 1, time.time_ns())

    def _point(self) -> None:
        if self._map[MARKS : MARKS + PLACES] != QUIET:
            return
        made = self.folder / f"current.{os.getpid()}"
        made.unlink(missing_ok=True)
        made.symlink_to(name_of(self._number[0]))
        made.replace(self.link)

    def _bury(self) -> bool:
        """Take down the marks of dead processes; True when no mark is left."""
        marks = self._map[MARKS : MARKS + PLACES]
        for place in (index for index, mark in enumerate(marks) if mark):
            taken = self._take(place)
            if taken is None:
                return False
            os.close(taken)
        return True

    def _take(self, place: int) -> int | None:
        """Lock the place when its process is gone, and clear what it left; None while it lives."""
        file = os.open(self.folder / "writers" / str(place), os.O_RDWR | os.O_CREAT, 0o660)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        if self._map[MARKS + place]:
            with self._short():
                self._move()
                self._map[MARKS + place] = 0
                self._point()
        return file

    def _own_place(self) -> int:
        """This process's byte, taken at its first write and held until it ends."""
        if self._place is None:
            for place in range(PLACES):
                taken = self._take(place)
                if taken is not None:
                    self._place, self._place_lock = place, taken
                    return place
            raise DomainError(f"Quá {PLACES} tiến trình cùng ghi dữ liệu. Dừng bớt rồi làm lại.")
        return self._place

    @contextmanager
    def _short(self) -> Iterator[None]:
        """A few microseconds alone among all threads and processes; never held during a COMMIT."""
        with self._lock:
            if self._short_lock < 0:
                self._short_lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o660)
            if not self._depth:
                fcntl.flock(self._short_lock, fcntl.LOCK_EX)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth:
                    fcntl.flock(self._short_lock, fcntl.LOCK_UN)

    def forget_parent(self) -> None:
        """In a forked child: let go of the parent's locks, or its mark would seem alive for ever."""
        for file in (self._place_lock, self._short_lock):
            if file >= 0:
                os.close(file)
        self._lock, self._depth = threading.RLock(), 0
        self._place, self._place_lock, self._short_lock = None, -1, -1


def _child_of(found: weakref.ref[Ledger]) -> Callable[[], None]:
    def forget() -> None:
        ledger = found()
        if ledger is not None:
            ledger.forget_parent()

    return forget


def name_of(generation: int) -> str:
    """The folder of a generation; sorts by age."""
    return f"{generation:016x}"


@lru_cache(maxsize=8)
def open_ledger(home: Path) -> Ledger:
    """The ledger of a data folder, one for each process."""
    return Ledger(Path(home) / "pages")
