"""The journal of a restore: which moves were made, so that one cut off in the middle can be taken back.

A rename is all or nothing, several are not. Before its first move a restore writes down every move
it is about to make; after its last one it drops the note. Whoever starts next and finds a note
takes the moves back, the last first, and everything is as before the restore. Free of Django:
`kheo serve` asks here before anything else is loaded.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

NAME = "khoi-phuc-dang-do.json"
TAKEN_BACK = "Lần khôi phục trước bị ngắt giữa chừng; dữ liệu đã trở về như trước khi khôi phục."
STAGE = ".khoi-phuc-"  # the folder where an archive is unpacked before it is put in place


class Journal:
    """Moves inside one data folder, written down before they happen."""

    def __init__(self, home: Path) -> None:
        self.note = home / NAME
        self.moves: list[tuple[str, str]] = []

    def move(self, origin: Path, target: Path) -> None:
        """Note the move on disk, then make it."""
        self.moves.append((str(origin), str(target)))
        self._write()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(origin, target)

    def close(self) -> None:
        """All moves are made: what was restored holds from here on."""
        self.note.unlink(missing_ok=True)

    def _write(self) -> None:
        partial = self.note.with_suffix(".part")
        with partial.open("w", encoding="utf-8") as out:
            json.dump(self.moves, out)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(self.note)


def take_back(home: Path) -> bool:
    """Undo a restore that was cut off; False when there was none.

    A move whose target is there and whose origin is not was made; any other was not, or is undone
    already, so a second attempt after another cut does no harm.
    """
    note = home / NAME
    if not note.is_file():
        return False
    for origin, target in reversed(json.loads(note.read_text(encoding="utf-8"))):
        if Path(target).exists() and not Path(origin).exists():
            Path(origin).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(target, origin)
    note.unlink()
    for stage in home.glob(STAGE + "*"):
        shutil.rmtree(stage, ignore_errors=True)
    return True
