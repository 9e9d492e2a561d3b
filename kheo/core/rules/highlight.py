"""Which part of a text to quote for a question, and which words in it to mark. Works on the original
text: what is shown is what was written, tones and capitals included.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection
from itertools import groupby
from typing import NamedTuple

from kheo.core.rules import tokens

_WORD = re.compile(r"[^\W_]+")
QUOTED = 260
"""Characters of a quotation."""
LOOKED_AT = 6000
"""Characters of the text that are looked through."""


class Piece(NamedTuple):
    """A piece of text and whether it is marked."""

    text: str
    marked: bool


def mark(written: str, wanted: Collection[str]) -> list[Piece]:
    """The text in pieces, the words that were asked for marked; runs of marked words are one piece.

    A word that is marked in such a run is left alone where it stands by itself: in "Hướng dẫn … dân vận
    khéo" nobody who asked for `dan van kheo` means the first.
    """
    pieces = _marked(written, wanted)
    in_runs = {tokens.bare(word.lower()) for piece in pieces if piece.marked and " " in piece.text for word in piece.text.split()}
    if not in_runs:
        return pieces
    kept = [Piece(piece.text, piece.marked and (" " in piece.text or tokens.bare(piece.text.lower()) not in in_runs)) for piece in pieces]
    return [Piece("".join(p.text for p in run), marked) for marked, run in groupby(kept, key=lambda piece: piece.marked)]


def _marked(written: str, wanted: Collection[str]) -> list[Piece]:
    pieces: list[Piece] = []
    end = 0
    for match in _WORD.finditer(written):
        if tokens.bare(match.group().lower()) not in wanted:
            continue
        between = written[end : match.start()]
        if pieces and pieces[-1].marked and between.isspace():
            pieces[-1] = Piece(pieces[-1].text + between + match.group(), True)
        else:
            pieces += [Piece(between, False)] if between else []
            pieces.append(Piece(match.group(), True))
        end = match.end()
    return [*pieces, Piece(written[end:], False)] if written[end:] else pieces


def quote(written: str, wanted: Collection[str]) -> list[Piece]:
    """The passage that holds the most of the words, cut at words, with dots where text was left out."""
    found = [m for m in _WORD.finditer(written, 0, LOOKED_AT) if tokens.bare(m.group().lower()) in wanted]
    start = _best(written, found)
    start = 0 if start < 60 else written.rfind(" ", 0, start - 30) + 1
    stop = len(written) if len(written) <= start + QUOTED else written.rfind(" ", start, start + QUOTED)
    stop = stop if stop > start else start + QUOTED
    pieces = mark(written[start:stop], wanted)
    before = [Piece("… ", False)] if start else []
    return [*before, *pieces, Piece(" …", False)] if stop < len(written) else [*before, *pieces]


def _best(written: str, found: list[re.Match[str]]) -> int:
    """Where the window of QUOTED characters with the most different words begins; the first of equals."""
    best, start = 0, 0
    window: deque[re.Match[str]] = deque()
    for match in found:
        window.append(match)
        while match.end() - window[0].start() > QUOTED - 60:
            window.popleft()
        held = len({tokens.bare(m.group().lower()) for m in window}) * 100 + len(window)
        if held > best:
            best, start = held, window[0].start()
    return start
