"""Names and passwords of accounts: plain rules."""

from __future__ import annotations

import re
import secrets
from datetime import date

from kheo.core.rules import text

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58}[a-z0-9])")
# Without letters and digits that look alike on paper (0 O o, 1 l I): the password is printed.
_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_DIGITS = "23456789"


def username(given: str) -> str | None:
    """The user name in its one form (small letters); None when it cannot be a user name."""
    name = given.strip().lower()
    return name if USERNAME.fullmatch(name) else None


def suggested_username(given: str) -> str:
    """A user name made from what was typed: without marks, spaces and other signs."""
    return re.sub(r"[^a-z0-9]", "", text.fold(given))[:60]


def printed_password() -> str:
    """A password for paper: four groups of four, 67 bits, easy to read aloud."""
    groups = ["".join(secrets.choice(_LETTERS) for _n in range(3)) + secrets.choice(_DIGITS) for _m in range(4)]
    return "-".join(groups)


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """True when two half-open spans share a day."""
    (start, end), (other_start, other_end) = first, second
    return (end is None or other_start < end) and (other_end is None or start < other_end)
