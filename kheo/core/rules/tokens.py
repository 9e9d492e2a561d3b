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

from kheo.core.rules import text

MOST_TOKENS = 20_000
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_NOT_IN_TAG = re.compile(r"[^0-9a-z-]+")


def words(written: str) -> list[str]:
    """The words of a text in order, in small letters with their tones (old placement)."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(text.canonical(written))]


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
        spoken = words(written)
        plain = [bare(word) for word in spoken]
        if heading:
            found.update(dict.fromkeys(in_title(word) for word in plain if word))
        found.update(dict.fromkeys(word for word in plain if word))
        found.update(dict.fromkeys(exact(word) for word, left in zip(spoken, plain, strict=True) if left))
        found.update(dict.fromkeys(pair(a, b) for a, b in pairwise(plain) if a and b))
    return list(found)[:MOST_TOKENS]
