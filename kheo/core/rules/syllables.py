"""Whether a written word can be a Vietnamese syllable.

Used to judge guesses about a text's encoding: the right guess gives real syllables.
"""

from __future__ import annotations

import re
import unicodedata

_ONSET = "ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_NUCLEUS = (
    "uyê|iêu|yêu|oai|oay|oao|oeo|uây|uôi|uya|uyu|ươi|ươu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|yê|iu|oa|oă|oe|oi|ôi|ơi|oo|"
    "ua|uâ|uê|ui|uô|uơ|uy|ưa|ươ|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_CODA = "ch|ng|nh|c|m|n|p|t"
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?P<nucleus>{_NUCLEUS})(?P<coda>{_CODA})?")
_BARE = re.compile(rf"(?:{_ONSET.replace('đ|', '')})?(?:{_NUCLEUS.translate(str.maketrans('ăâêôơư', 'aaeoou'))})(?:{_CODA})?")
_TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"
_STOPPED_TONES = "\u0301\u0323"


def is_syllable(word: str) -> bool:
    """Return whether the word is spelled as one Vietnamese syllable, with its tone in place."""
    if not word or not (word[1:].islower() or word.isupper() or len(word) == 1):
        return False  # a capital inside a word is a code of another encoding
    bare, tones = _split_tones(word.lower())
    match = _SYLLABLE.fullmatch(bare)
    if match is None or len(tones) > 1:
        return False
    if match["coda"] in ("c", "ch", "p", "t") and not (tones and tones[0][1] in _STOPPED_TONES):
        return False
    places = _tone_places(match["nucleus"], bool(match["coda"]))
    return not tones or tones[0][0] - match.start("nucleus") in places


def is_syllable_bare(word: str) -> bool:
    """As :func:`is_syllable` for a word without any marks: whether some syllable is written so without them."""
    return _BARE.fullmatch(word) is not None


def _split_tones(word: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the word without tones, and each tone with the index of its letter."""
    letters: list[str] = []
    tones: list[tuple[int, str]] = []
    for mark in unicodedata.normalize("NFD", word):
        if mark in _TONE_MARKS:
            tones.append((len(letters) - 1, mark))
        elif unicodedata.combining(mark) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + mark)
        else:
            letters.append(mark)
    return "".join(letters), tones


def _tone_places(nucleus: str, closed: bool) -> set[int]:
    """Return on which vowels the tone may stand; both placements of oa, oe, uy are right."""
    marked = [place for place, vowel in enumerate(nucleus) if vowel in "ăâêôơư"]
    if marked:
        return {marked[-1]}
    if closed:
        return {len(nucleus) - 1}
    if nucleus in ("oa", "oe", "uy"):
        return {0, 1}
    return {1} if len(nucleus) == 3 else {0}
