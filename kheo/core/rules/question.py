"""What somebody asks the search for: words, their other readings, and the expression over tokens.

Nothing the reader types reaches a database's own query language: words are cut out of the text, and
only tokens made of letters and digits are put together again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from kheo.core.rules import telex, text, tokens
from kheo.core.rules.syllables import is_syllable

MOST_CHARACTERS = 200
MOST_WORDS = 12


@dataclass(frozen=True)
class Short:
    """A short form and one of its meanings: UBND, Ủy ban nhân dân."""

    short: str
    long: str


@dataclass(frozen=True)
class Reading:
    """One way to read a part of the question: words (with tones) that must all occur, as a phrase or not."""

    words: tuple[str, ...]
    phrase: bool = False

    def bare(self) -> list[str]:
        """Tokens without tones; of a phrase also its pairs."""
        plain = [tokens.bare(word) for word in self.words]
        pairs = [tokens.pair(a, b) for a, b in pairwise(plain)] if self.phrase else []
        return pairs or plain

    def exact(self) -> list[str]:
        """Tokens with tones; of a phrase also its pairs."""
        plain = [tokens.bare(word) for word in self.words]
        pairs = [tokens.pair(a, b) for a, b in pairwise(plain)] if self.phrase else []
        return [tokens.exact(word) for word in self.words] + pairs

    def heading(self) -> list[str]:
        """Tokens of a title."""
        return [tokens.in_title(tokens.bare(word)) for word in self.words]


@dataclass(frozen=True)
class Question:
    """The question as it is understood: parts that must all be met, each by one of its readings."""

    words: tuple[str, ...]
    parts: tuple[tuple[Reading, ...], ...]
    meanings: tuple[Short, ...] = ()
    """The short forms in the question with more than one meaning, for the reader to choose."""
    cut: bool = False
    """True when the question was longer than what is searched for."""
    marks: frozenset[str] = field(default_factory=frozenset)
    """Bare words to highlight."""

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def phrase(self) -> tuple[str, ...]:
        """The pairs of neighbouring words, when there are several."""
        plain = [tokens.bare(word) for word in self.spoken]
        return tuple(tokens.pair(a, b) for a, b in pairwise(plain))

    @property
    def spoken(self) -> list[str]:
        """The words that were most likely meant: what was left as Telex is read as the keyboard would."""
        return [telex.decode(word) or word for word in self.words]


def read(asked: str, shorts: Iterable[Short] = ()) -> Question:
    """Understand what was typed: any tone placement or normal form, with or without tones, abbreviations
    either way, Telex that was not turned into letters. Never fails, whatever the text.
    """
    kept = text.squeeze(text.nfc(asked[: 4 * MOST_CHARACTERS]))[:MOST_CHARACTERS]
    spoken = [(word, tokens.bare(word)) for word in tokens.words(kept)]
    usable = list(dict.fromkeys(pair for pair in spoken if pair[1]))
    taken = tuple(word for word, _bare in spoken if _bare)[:MOST_WORDS]
    known = list(shorts)
    parts, meanings = _parts(taken, kept, known)
    marks = frozenset(tokens.bare(word) for part in parts for reading in part for word in reading.words)
    return Question(taken, tuple(parts), tuple(meanings), len(usable) > MOST_WORDS or len(asked) > MOST_CHARACTERS, marks)


def _parts(words: tuple[str, ...], kept: str, shorts: list[Short]) -> tuple[list[tuple[Reading, ...]], list[Short]]:
    by_short, by_long, longest = _tables(tuple(shorts))
    parts: list[tuple[Reading, ...]] = []
    meanings: list[Short] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            run = words[place : place + length]
            key = tuple(tokens.bare(word) for word in run)
            if key in by_long or (key in by_short and _meant_short(run, by_short[key], kept)):
                found = by_short.get(key, []) if key not in by_long else by_long[key]
                parts.append(_readings(run, found, short=key not in by_long))
                meanings += found if key not in by_long and len(found) > 1 else []
                break
        else:
            parts.append(_word(words[place]))
            length = 1
        place += length
    return list(dict.fromkeys(parts)), meanings


@lru_cache(maxsize=4)
def _tables(shorts: tuple[Short, ...]) -> tuple[dict[tuple[str, ...], list[Short]], dict[tuple[str, ...], list[Short]], int]:
    """By short form, by long form, and how many words the longest has; made once for as long as the list is the same."""
    by_short: dict[tuple[str, ...], list[Short]] = {}
    by_long: dict[tuple[str, ...], list[Short]] = {}
    for row in shorts:
        short, long = (tuple(tokens.bare(word) for word in tokens.words(side)) for side in (row.short, row.long))
        if short and len(long) > 1:
            by_short.setdefault(short, []).append(row)
            by_long.setdefault(long, []).append(row)
    return by_short, by_long, max((len(key) for key in (*by_long, *by_short)), default=1)


def _meant_short(run: tuple[str, ...], rows: list[Short], kept: str) -> bool:
    """A short form that is also an ordinary word ("tu", "ct") counts only as it is written: TU, ThU."""
    if len(run) > 1 or not is_syllable(tokens.bare(run[0])):
        return True
    return any(row.short in kept.split() for row in rows)


def _readings(run: tuple[str, ...], rows: list[Short], *, short: bool) -> tuple[Reading, ...]:
    others = [tuple(tokens.words(row.long if short else row.short)) for row in rows]
    return (Reading(run, phrase=short and len(run) > 1), *(Reading(other, phrase=len(other) > 1) for other in dict.fromkeys(others)))


def _word(word: str) -> tuple[Reading, ...]:
    meant = telex.decode(word)
    return (Reading((word,)), Reading((meant,))) if meant else (Reading((word,)),)
