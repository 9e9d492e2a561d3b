"""pg_dump, pg_restore and psql, told the connection of Django's settings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kheo.core.errors import DomainError

_NO_TABLES = """DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT schemaname, tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I.%I CASCADE', found.schemaname, found.tablename);
    END LOOP; END $$"""
DEBIAN = Path("/usr/lib/postgresql")


def tool(name: str) -> str | None:
    """The program's path: the newest that Debian installed, else the one on PATH, else None."""
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0))
    return str(found[-1]) if found else shutil.which(name)


def dump(database: Mapping[str, Any], target: Path) -> None:
    """Write the database, as of one instant, in pg_dump's custom format."""
    _run("pg_dump", database, ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def restore(database: Mapping[str, Any], source: Path) -> None:
    """Put a dump in place of everything the database holds: in one transaction, all or nothing.

    pg_restore cannot clean partitions (it would drop their keys one by one, which PostgreSQL refuses), so it
    writes its statements down, whole, and psql runs them after the tables are gone.
    """
    written = source.with_name(f"{source.name}.sql")
    try:
        _run("pg_restore", {}, ["--clean", "--if-exists", "--no-owner", "--no-privileges", f"--file={written}", str(source)])
        _run("psql", database, ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--command={_NO_TABLES}", f"--file={written}"])
    finally:
        written.unlink(missing_ok=True)


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
