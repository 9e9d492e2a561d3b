"""pg_dump and pg_restore, told the connection of Django's settings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kheo.core.errors import DomainError

DEBIAN = Path("/usr/lib/postgresql")


def tool(name: str) -> str | None:
    """The program's path: the newest that Debian installed, else the one on PATH, else None."""
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0))
    return str(found[-1]) if found else shutil.which(name)


def dump(database: Mapping[str, Any], target: Path) -> None:
    """Write the database, as of one instant, in pg_dump's custom format."""
    _run("pg_dump", database, ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def restore(database: Mapping[str, Any], source: Path) -> None:
    """Put a dump in place of everything the database holds: in one transaction, all or nothing."""
    _run("pg_restore", database, ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(source)])


def check(source: Path) -> None:
    """DomainError when pg_restore cannot read the dump."""
    _run("pg_restore", {}, ["--list", str(source)])


def _run(name: str, database: Mapping[str, Any], arguments: Sequence[str]) -> None:
    program = tool(name)
    if program is None:
        raise DomainError(f"Không có chương trình {name}. Cài gói postgresql-client rồi làm lại.")
    given = {"--host": database.get("HOST"), "--port": database.get("PORT"), "--username": database.get("USER"), "--dbname": database.get("NAME")}
    connection = [f"{option}={value}" for option, value in given.items() if value]
    environment = {**os.environ, "PGPASSWORD": str(database.get("PASSWORD") or ""), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell
        [program, *connection, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["không rõ lý do"]
        raise DomainError(f"{name} không làm được: {lines[0][:300]}")
