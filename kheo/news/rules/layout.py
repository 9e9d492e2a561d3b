"""The body of an old article in the parts a new one is built from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Any

from kheo.news.rules.articles import Piece

LONGEST_HEADING = 200
LISTS = {"item": "ul", "numbered": "ol"}


def lay_out(body: Iterable[Piece]) -> list[dict[str, Any]]:
    """The pieces as the stored form of a body: running text, headings and tables in their order."""
    parts: list[dict[str, Any]] = []
    for (kind, _table), run in groupby(body, key=_sort):
        pieces = list(run)
        if kind == "heading":
            parts += [{"type": "heading", "value": piece.text[:LONGEST_HEADING]} for piece in pieces]
        elif kind == "table":
            parts.append({"type": "table", "value": {"table": _table_of(pieces), "source": ""}})
        else:
            parts.append({"type": "text", "value": _running(pieces)})
    return parts


def _sort(piece: Piece) -> tuple[str, int]:
    kind = "heading" if piece.kind == "heading" else "table" if piece.spot[0] else "text"
    return kind, piece.spot[0]


def _running(pieces: list[Piece]) -> str:
    written = []
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        around = LISTS.get(kind)
        inside = "".join(f"<{'li' if around else 'p'}>{escape(piece.text, quote=False)}</{'li' if around else 'p'}>" for piece in run)
        written.append(f"<{around}>{inside}</{around}>" if around else inside)
    return "".join(written)


def _table_of(pieces: list[Piece]) -> dict[str, Any]:
    """The first row as headings. Columns hold text: what a figure was meant to be is not guessed."""
    width = 1 + max(piece.spot[2] for piece in pieces)
    rows: dict[int, list[str]] = {}
    for piece in pieces:
        row = rows.setdefault(piece.spot[1], [""] * width)
        row[piece.spot[2]] = f"{row[piece.spot[2]]} {piece.text}".strip()
    first, *others = [rows[number] for number in sorted(rows)]
    return {"columns": [{"type": "text", "heading": heading} for heading in first], "rows": [{"values": row} for row in others], "caption": ""}
