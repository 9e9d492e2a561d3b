"""Widths of table columns: as asked for, but never narrower than the longest word in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kheo.reports.queries.rendering.word import width_mm

BESIDE = 3.0
"""Millimetres of space and lines beside the text of a cell."""


def widths(table: Mapping[str, Any], room: float, points: float) -> list[float]:
    """Millimetres for each column; together `room`. Letters of `points` size, headings in bold.

    Columns too narrow for their longest word take what they need from those with slack. When all
    words together are wider than the page, every column shrinks alike and long words are broken.
    """
    columns: Sequence[Sequence[Any]] = table["columns"]
    whole = sum(width for _t, _k, width in columns)
    asked = [room * width / whole for _t, _k, width in columns]
    needed = [_longest(table, n, points) + BESIDE for n in range(len(columns))]
    if sum(needed) >= room:
        return [room * need / sum(needed) for need in needed]
    lacking = sum(max(0.0, need - have) for need, have in zip(needed, asked, strict=True))
    slack = sum(max(0.0, have - need) for need, have in zip(needed, asked, strict=True))
    return [need if have < need else have - (have - need) * lacking / slack for need, have in zip(needed, asked, strict=True)]


def _longest(table: Mapping[str, Any], column: int, points: float) -> float:
    plain = {part for row in table["rows"] for word in row[column]["text"].split() for part in _breakable(word)}
    bold = set(str(table["columns"][column][0]).split())
    if table["total"] and table["rows"]:
        bold |= set(table["rows"][-1][column]["text"].split())
    likely = sorted(plain, key=len, reverse=True)[:40]
    return max([*(width_mm(w, points) for w in likely), *(width_mm(w, points, bold=True) for w in bold)], default=0.0)


def _breakable(word: str) -> list[str]:
    """Long words with hyphens may be broken behind them: `DVK-`, `2023-`, `000083`."""
    return [word] if len(word) <= 10 or "-" not in word else [part + "-" for part in word.split("-")]


def breaking(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with a place to break behind each hyphen that `widths` counts on: typst breaks none before a digit."""
    rows = [[cell | {"text": " ".join("\u200b".join(_parts(word)) for word in cell["text"].split(" "))} for cell in row] for row in table["rows"]]
    return {**table, "rows": rows}


def _parts(word: str) -> list[str]:
    found = _breakable(word)
    return found if len(found) == 1 else [*found[:-1], found[-1].removesuffix("-")]
