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
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_NUCLEUS})({_CODA})?")
_TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"
_ROOT_MARKS = "\u0306\u0302\u031b"


def is_syllable(word: str) -> bool:
    """Return whether the word is spelled as one Vietnamese syllable, tones included."""
    if not word or (word != word.lower() and word[1:] != word[1:].lower() and not word.isupper()):
        return False  # a capital inside a word is a code of another encoding
    marked = unicodedata.normalize("NFD", word.lower())
    tones = [ch for ch in marked if ch in _TONE_MARKS]
    bare = unicodedata.normalize("NFC", "".join(ch for ch in marked if ch not in _TONE_MARKS))
    match = _SYLLABLE.fullmatch(bare)
    if match is None or len(tones) > 1:
        return False
    stopped = match.group(1) in ("c", "ch", "p", "t")
    return not stopped or (bool(tones) and tones[0] in "\u0301\u0323")
