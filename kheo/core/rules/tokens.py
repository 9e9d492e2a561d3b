"""The tokens a text is found by. Plain ASCII and letters only, so that every database agrees.

One text gives, each once:

``van``      a word without its tones (``fold``)
``=vận``     the same word with its tones, whatever their placement (``canonical``)
``van_kheo`` two words that stand side by side, for phrases
``t.van``    a word of the title
``k.…``      what the document is: its kind, unit, site and language (see `tag`)

A database then answers any question by joining short lists: no positions, no weights, no parser of
its own that would split ``12-QĐ/ĐU`` in a way nobody expects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kheo.core.rules import text

MOST_TOKENS = 20_000
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NOT_IN_TAG = re.compile(r"[^0-9a-z-]+")


class Spoken(NamedTuple):
    """A word and the tokens made of it. A language has few words, so each is worked out once."""

    word: str
    """In small letters, with its tones in the old placement."""
    bare: str
    exact: str
    heading: str
    spelt: bool
    """Two letters or more and nothing else: a word that near spellings may be chosen from."""


def words(written: str) -> list[str]:
    """The words of a text in order, in small letters with their tones (old placement)."""
    return [_spoken(raw).word for raw in _raw(written)]


def said(written: str) -> tuple[str, str]:
    """The words of a text in a row, with their tones and without: what phrases are looked for in."""
    spoken = [_spoken(raw) for raw in _raw(written)]
    return " ".join([each.word for each in spoken]), " ".join([each.bare for each in spoken if each.bare])


def _raw(written: str) -> list[str]:
    return _WORD.findall(text.nfc(written).lower())


@lru_cache(maxsize=50_000)
def _spoken(raw: str) -> Spoken:
    word = text.canonical(raw)[:LONGEST_WORD]
    plain = bare(word)
    return Spoken(word, plain, exact(word), in_title(plain), bool(plain and _LETTERS.fullmatch(raw)))


@lru_cache(maxsize=50_000)
def bare(word: str) -> str:
    """The word without tones and marks; empty when nothing is left of it."""
    return text.fold(word).replace(" ", "")


def exact(word: str) -> str:
    """The token of a word with its tones."""
    return f"={word}"


def in_title(word: str) -> str:
    """The token of a (bare) word of the title."""
    return f"t.{word}"


def pair(first: str, second: str) -> str:
    """The token of two (bare) words side by side."""
    return f"{first}_{second}"


def tag(letter: str, value: str) -> str:
    """A property as a token: ``tag("k", "practice")`` is ``k.practice``."""
    return f"{letter}.{_NOT_IN_TAG.sub('-', value.lower())}"


def tokens(title: str, body: str, tags: Iterable[str] = ()) -> list[str]:
    """Every token of a document, each once, in a fixed order; at most MOST_TOKENS."""
    found: dict[str, None] = dict.fromkeys(tags)
    for written, heading in ((title, True), (body, False)):
        spoken = [_spoken(raw) for raw in _raw(written)]
        once = [each for each in dict.fromkeys(spoken) if each.bare]
        if heading:
            found.update(dict.fromkeys([each.heading for each in once]))
        found.update(dict.fromkeys([each.bare for each in once]))
        found.update(dict.fromkeys([each.exact for each in once]))
        found.update(dict.fromkeys([f"{a.bare}_{b.bare}" for a, b in pairwise(spoken) if a.bare and b.bare]))
    return list(found)[:MOST_TOKENS]


def vocabulary(*texts: str) -> dict[str, str]:
    """Each word of two letters or more with its tones, and its bare form: what near spellings are chosen from."""
    known = {_spoken(raw) for written in texts for raw in _raw(written)}
    return {each.word: each.bare for each in known if each.spelt}
