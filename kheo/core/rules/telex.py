"""Telex left in a text: what somebody typed while the Vietnamese keyboard was off (``ddaan``, ``vaanj``)."""

from __future__ import annotations

import re
import unicodedata

from kheo.core.rules.syllables import is_syllable

_LETTERS = (("dd", "đ"), ("aa", "â"), ("aw", "ă"), ("ee", "ê"), ("oo", "ô"), ("uow", "ươ"), ("ow", "ơ"), ("uw", "ư"))
_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VOWELS = re.compile("[aăâeêioôơuưy]+")
_TYPED = re.compile(r"[a-z]{2,9}")
# A mark typed after the last consonant: vieetj as well as vieejt, nuocws, ddanr, bimr, duongwf.
_LATE_MARK = re.compile(r"(a|o|u|uo)((?:ch|ng|nh|c|m|n|p|t)?)w(?=[fsrxj]?$)")
_LATE_HAT = re.compile(r"([aeo])((?:ch|ng|nh|[cmnptuiy]))\1(?=[fsrxj]?$)")
_LATE_BAR = re.compile(r"^d(.*?)d(?=[fsrxj]?$)")


def decode(word: str) -> str | None:
    """The syllable that was meant, or None when the word is no Telex (or is a word as it stands).

    >>> decode("vaanj"), decode("ddoongf"), decode("hoa")
    ('vận', 'đồng', None)
    """
    word = word.lower()
    if not _TYPED.fullmatch(word) or is_syllable(word):
        return None
    typed = _LATE_HAT.sub(r"\1\1\2", _LATE_MARK.sub(r"\1w\2", word))
    typed = _LATE_BAR.sub(r"dd\1", typed)
    letters, tone = _without_tone(typed)
    for keys, letter in _LETTERS:
        letters = letters.replace(keys, letter)
    letters = letters.replace("w", "ư")
    meant = _with_tone(letters, tone)
    return meant if meant and meant != word and is_syllable(meant) else None


def _without_tone(typed: str) -> tuple[str, str]:
    """The letters, and the mark of the last tone key that follows a vowel."""
    for place in range(len(typed) - 1, 0, -1):
        if typed[place] in _TONES and _VOWELS.search(typed[:place]) and typed[place:place + 1] != "":
            if typed[place] in "sxr" and place + 1 < len(typed) and typed[place + 1] in "aeiouy":
                continue
            return typed[:place] + typed[place + 1:], _TONES[typed[place]]
    return typed, ""


def _with_tone(letters: str, tone: str) -> str | None:
    """The syllable with the tone on the vowel where it belongs (either placement would do)."""
    if not tone:
        return letters
    start = 2 if letters.startswith(("qu", "gi")) and _VOWELS.search(letters[2:]) else 0
    match = _VOWELS.search(letters, start)
    if match is None:
        return None
    for place in range(match.start(), match.end()):
        meant = unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1:])
        if is_syllable(meant):
            return meant
    return None
