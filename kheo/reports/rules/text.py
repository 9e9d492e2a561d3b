"""Narrative text into blocks, periods into words, sections into numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.core.rules.periods import Period, period
from kheo.reports.rules.figures import Figure
from kheo.reports.rules.tokens import pieces

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")
_QUARTERS = ("I", "II", "III", "IV")


def period_words(of: Period) -> str:
    """`năm 2023`, `6 tháng đầu năm 2023`, `quý IV năm 2023`, `tháng 11 năm 2023`."""
    year = of.first.year
    if of.kind == "year":
        return f"năm {year}"
    if of.kind == "half":
        return f"6 tháng {'đầu' if of.first.month == 1 else 'cuối'} năm {year}"
    if of.kind == "quarter":
        return f"quý {_QUARTERS[(of.first.month - 1) // 3]} năm {year}"
    return f"tháng {of.first.month} năm {year}"


def last_year(of: Period) -> Period:
    """The same period a year before: what reports compare with."""
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[of.kind]
    return period(of.kind, of.first.year - 1, (of.first.month - 1) // months + 1)


def blocks(text: str, figures: Mapping[str, Figure]) -> list[dict[str, Any]]:
    """Paragraphs and list lines (`- …`, `+ …`) with their figures."""
    found = []
    for line in text.replace("\r\n", "\n").split("\n"):
        clean = line.strip()
        if not clean:
            continue
        kind = "item" if clean[:2] in ("- ", "+ ", "* ", "– ") else "paragraph"
        body = f"- {clean[2:].strip()}" if kind == "item" and clean[0] in "*–" else clean
        found.append({"kind": kind, "pieces": [{"text": p.text, "token": p.token} for p in pieces(body, figures)]})
    return found


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's number and title."""

    number: str
    title: str


def headings(sections: Iterable[tuple[int, str]]) -> list[Heading]:
    """`I.`, `II.` for level 1, `1.`, `2.` within for level 2, of (level, title) pairs."""
    found, first, second = [], 0, 0
    for level, title in sections:
        if level == 1:
            first, second = first + 1, 0
            found.append(Heading(f"{ROMAN[min(first, len(ROMAN)) - 1]}.", title))
        else:
            second += 1
            found.append(Heading(f"{second}.", title))
    return found


def recipients(text: str, archive: str) -> list[str]:
    """The lines under "Nơi nhận:": each with its dash and semicolon, the archive line last with a full stop."""
    lines = [line.strip().lstrip("-–•").strip().rstrip(".;,").strip() for line in text.split("\n")]
    kept = [line for line in lines if line and not line.lower().startswith("lưu")]
    own = next((line for line in lines if line.lower().startswith("lưu")), archive.rstrip("."))
    return [*(f"- {line};" for line in kept), f"- {own}."]
