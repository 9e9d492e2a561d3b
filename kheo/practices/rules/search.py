"""The words a practice is found by, and how a question is read (plain Python)."""

from __future__ import annotations

from dataclasses import dataclass

from kheo.core.rules import text

SEARCH_LENGTH = 600
"""Bytes of folded text kept for search: the name, the unit, the ward and the summary's start. The
database keeps it in an index whose entries may not grow beyond a page's part."""
MAX_QUESTION = 200
MAX_WORDS = 8


@dataclass(frozen=True)
class Question:
    """What somebody asked for: folded words that must all occur, and the phrase as it was written."""

    words: tuple[str, ...]
    phrase: str
    exact: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)


def search_text(title: str, unit: str = "", ward: str = "", summary: str = "") -> str:
    """The folded text that `question` words are looked for in; at most SEARCH_LENGTH bytes.

    The name comes first, so it is never cut. Leave `unit` empty when it is a person's own name.
    """
    parts = (text.fold(part) for part in (title, unit, ward, summary[: 2 * SEARCH_LENGTH]))
    joined = " ".join(part for part in parts if part)
    return joined.encode()[:SEARCH_LENGTH].decode(errors="ignore")


def question(asked: str) -> Question:
    """Read what was typed: any tone placement, any normal form, with tones or without."""
    kept = text.squeeze(text.nfc(asked[:MAX_QUESTION]))
    words = tuple(dict.fromkeys(text.fold(kept).split()))[:MAX_WORDS]
    return Question(words, text.fold(kept), spellings(kept))


def spellings(asked: str) -> tuple[str, ...]:
    """The ways the same words with the same tones may stand in a title: both tone placements,
    small letters, a capital at the start of the phrase or of each word.
    """
    old = text.old_tone_placement(text.squeeze(asked))
    both = dict.fromkeys((old, new_tone_placement(old)))
    forms = (form for way in both for form in (way, way.lower(), way.capitalize(), way.title()))
    return tuple(dict.fromkeys(form for form in forms if form))


_TO_NEW = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip


def new_tone_placement(asked: str) -> str:
    """The other placement of the tone mark: hòa → hoà, ủy → uỷ (a capital stays with its letter)."""
    for old, new in _TO_NEW.items():
        asked = asked.replace(old, new).replace(old.capitalize(), new.capitalize())
    return asked
