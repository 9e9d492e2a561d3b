"""A small file that several processes share and whoever comes first makes: a secret key, the salt of a day."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def first(path: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds; made (mode 600) when there is none, or a power cut left an empty one.

    It appears whole or not at all: of several processes that ask at once, all go on with the first one's.
    Raises OSError where the folder cannot be read or written.
    """
    held = _held(path)
    if held:
        return held
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, trial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(make())
            out.flush()
            os.fsync(out.fileno())
        if path.is_file() and not _held(path):
            os.replace(trial, path)
        else:
            _link(trial, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(trial)
    return _held(path)


def _held(path: Path) -> bytes:
    """What the file holds; nothing of a file that is not there or blank."""
    try:
        held = path.read_bytes()
    except FileNotFoundError:
        return b""
    return held if held.strip() else b""


def _link(trial: str, path: Path) -> None:
    """Give the file its name, never over another's; a disk without links (exFAT) takes the plain rename."""
    try:
        os.link(trial, path)
    except FileExistsError:
        return
    except OSError:
        os.replace(trial, path)
