"""Finding identity numbers, phones, accounts and plates in text that may become public.

Source of the structures: Luật Căn cước (12 digits: province or country, century and sex, year,
serial) and NĐ 356/2025/NĐ-CP article 3 (basic personal data). Excerpts are masked: a report about
a leak must not leak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kheo.core.rules.text import fold

FindingKind = Literal["citizen_id", "old_id", "phone", "bank_account", "plate"]
Certainty = Literal["sure", "possible"]

MAX_FINDINGS = 200
_AROUND = 24
_NEAR = 40

# Province codes of identity numbers; people keep the code of the province they were registered in.
_PROVINCES = frozenset(
    f"{code:03d}"
    for code in (
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34,
        35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68,
        70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    )
)  # fmt: skip
_GAP = r"[ .\-\u00a0]?"
_TWELVE = re.compile(rf"(?<![\d.,])\d(?:{_GAP}\d){{11}}(?!\d)", re.ASCII)
_NINE = re.compile(r"(?<![\d.,/\-])\d{9}(?![\d/]|[.,]\d)", re.ASCII)
_PHONE = re.compile(
    rf"(?<![\d.,])(?:\(?\+?84\)?{_GAP}|\(?0)\d{{1,3}}\)?(?:{_GAP}\d{{2,4}}){{2,3}}(?!\d)", re.ASCII
)
_ACCOUNT = re.compile(r"(?<![\d.,])\d(?:[ .\-]?\d){7,18}(?!\d)", re.ASCII)
_PLATE = re.compile(
    r"(?<![\w.])(?:1[1-9]|[2-9]\d)[ \-]?[A-ZĐ]{1,2}\d?[ \-.]{1,3}(?:\d{3}\.?\d{2}|\d{4})(?![\d.]*\d)"
)
_ACCOUNT_WORDS = ("so tai khoan", "stk", "tai khoan", "so tk", "account")
_ID_WORDS = ("cmnd", "cmt", "chung minh", "can cuoc", "cccd", "giay to", "dinh danh")
_MONEY_AFTER = re.compile(r"\s*(?:đồng|đ\b|vnđ|vnd|ha\b|m2|m²|kg\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One likely leak: what, how sure, where in the text, and its surroundings masked."""

    kind: FindingKind
    certainty: Certainty
    start: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: FindingKind
    certainty: Certainty
    start: int
    end: int


def find(text: str) -> list[Finding]:
    """Return up to 200 findings in the order of the text, excerpts masked."""
    hits: list[_Hit] = []
    taken: list[tuple[int, int]] = []
    for hit in _hits(text):
        if not any(hit.start < end and start < hit.end for start, end in taken):
            hits.append(hit)
            taken.append((hit.start, hit.end))
            if len(hits) >= MAX_FINDINGS:
                break
    hits.sort(key=lambda hit: hit.start)
    hidden = _masked(text, hits)
    return [Finding(hit.kind, hit.certainty, hit.start, _excerpt(hidden, hit)) for hit in hits]


def mask(text: str) -> str:
    """Return the text with the digits of every finding replaced, except the last three."""
    return _masked(text, list(_hits(text)))


def _hits(text: str) -> Iterator[_Hit]:
    """Yield hits, the surest structures first; later ones may overlap earlier ones."""
    for kind, pattern, judge in _KINDS:
        for match in pattern.finditer(text):
            certainty = judge(match)
            if certainty is not None:
                yield _Hit(kind, certainty, *match.span())


def _judge_twelve(match: re.Match[str]) -> Certainty | None:
    return "sure" if is_citizen_id(match.group()) else None


def _judge_account(match: re.Match[str]) -> Certainty | None:
    return "sure" if _named_before(match, _ACCOUNT_WORDS) else None


def _judge_phone(match: re.Match[str]) -> Certainty | None:
    return "sure" if is_phone(match.group()) else None


def _judge_nine(match: re.Match[str]) -> Certainty | None:
    """Nine digits in a row are often an amount; only a word before them makes sure."""
    if _MONEY_AFTER.match(match.string, match.end()):
        return None
    return "sure" if _named_before(match, _ID_WORDS) else "possible"


def _judge_plate(match: re.Match[str]) -> Certainty | None:
    return "possible"


_KINDS: tuple[
    tuple[FindingKind, re.Pattern[str], Callable[[re.Match[str]], Certainty | None]], ...
] = (
    ("citizen_id", _TWELVE, _judge_twelve),
    ("bank_account", _ACCOUNT, _judge_account),
    ("phone", _PHONE, _judge_phone),
    ("old_id", _NINE, _judge_nine),
    ("plate", _PLATE, _judge_plate),
)


def is_citizen_id(text: str) -> bool:
    """Return whether twelve digits can be a citizen's number: province, century, year agree."""
    digits = re.sub(r"\D", "", text)
    if len(digits) != 12 or digits[:3] not in _PROVINCES:
        return False
    century, year = int(digits[3]), int(digits[4:6])
    # 0 and 1: men and women born 1900-1999; 2 and 3: born 2000-2099, so not in the future.
    return century <= 1 or (century <= 3 and 2000 + year <= date.today().year)


def is_phone(text: str) -> bool:
    """Return whether the digits form a Vietnamese mobile or landline number."""
    digits = re.sub(r"\D", "", text)
    if digits.startswith("84"):
        digits = "0" + digits[2:].removeprefix("0")
    mobile = len(digits) == 10 and digits[1] in "35789"
    return digits.startswith("0") and (mobile or (len(digits) in (10, 11) and digits[1] == "2"))


def _named_before(match: re.Match[str], words: tuple[str, ...]) -> bool:
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return any(f" {word} " in f" {fold(before)} " for word in words)


def _masked(text: str, hits: list[_Hit]) -> str:
    letters = list(text)
    for hit in hits:
        digits = [at for at in range(hit.start, hit.end) if letters[at].isdigit()]
        for at in digits[:-3]:
            letters[at] = "*"
    return "".join(letters)


def _excerpt(hidden: str, hit: _Hit) -> str:
    begin, end = max(0, hit.start - _AROUND), min(len(hidden), hit.end + _AROUND)
    words = " ".join(hidden[begin:end].split())
    return f"{'…' if begin else ''}{words}{'…' if end < len(hidden) else ''}"
