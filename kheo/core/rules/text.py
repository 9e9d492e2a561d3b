"""Vietnamese text: one spelling to store, one key to search, one order to sort.

Tone marks may stand on either vowel of an open *oa, oe, uy* (``hòa`` and ``hoà``), the same letter
may arrive composed or decomposed, and ``đ`` has no decomposition at all. Every comparison in the
software goes through this module so that all parts agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from kheo.core.rules import legacy

# Zero-width, bidirectional and other invisible controls: they make equal words differ and can
# disguise text. C1 controls (0x80-0x9F) stay: broken UTF-8 needs them for its repair.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\U000e0000-\U000e007f]"
)
_LOOKALIKES_OF_D = str.maketrans(dict.fromkeys("đĐðÐɖƉ", "d"))
_SPACES = re.compile(r"\s+")
_NO_WORD = re.compile(r"[\W_]+")
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")

# Tone marks in the order of the Vietnamese alphabet: huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# Marks that make another letter of the alphabet: ă; â, ê, ô; ơ, ư.
_LETTER_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}

_TO_OLD = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
# Open syllable only: a following letter fixes the place of the mark (hoàn, khuỷu); after q the
# u belongs to the consonant (quý).
_OPEN_SYLLABLE = re.compile(rf"(?<!q)(?:{'|'.join(_TO_OLD)})(?![^\W\d_])", re.IGNORECASE)


def nfc(text: str) -> str:
    """Return the text as it is stored: composed (NFC), without invisible control characters.

    Spaces, also non-breaking ones, and line ends stay as they are.
    """
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def squeeze(text: str) -> str:
    """Return the text on one line, with single ordinary spaces."""
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return the search key: lower case, no marks, ``đ`` as ``d``, punctuation as one space.

    The key is the same for both tone placements and both normal forms. Folding twice changes
    nothing.
    """
    if text.isascii():
        plain = _INVISIBLE.sub("", text).lower()
    else:
        plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
        plain = unicodedata.normalize("NFKD", plain).translate(_LOOKALIKES_OF_D)
        plain = _LATIN_MARKS.sub("", plain)
        if not plain.isascii():
            plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return _NO_WORD.sub(" ", plain).strip()


def old_tone_placement(text: str) -> str:
    """Return the text with *oa, oe, uy* in the placement most official papers use (hòa, ủy)."""

    def moved(match: re.Match[str]) -> str:
        found = match.group()
        old = _TO_OLD[found.lower()]
        return "".join(o.upper() if f.isupper() else o for f, o in zip(found, old, strict=True))

    return _OPEN_SYLLABLE.sub(moved, nfc(text))


def canonical(text: str) -> str:
    """Return a key that keeps tones but not their placement, case or spacing.

    ``hòa`` equals ``hoà`` and ``ủy`` equals ``uỷ``; ``hòa`` differs from ``hoa``.
    """
    return squeeze(old_tone_placement(text).lower())


def slugify(text: str, *, limit: int = 80) -> str:
    """Return an ASCII slug cut at a word; empty when the text has no Latin letter or digit."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:limit]
        if len(longer) > limit:
            break
        slug = longer
    return slug


def collation_key(text: str, *, limit: int = 80) -> str:
    """Return a string of ``0-9a-z`` that sorts as the Vietnamese alphabet does.

    The base letters of the whole text decide first (a ă â b c d đ e ê …), tones last (ngang,
    huyền, hỏi, ngã, sắc, nặng). Runs of digits sort by value. Only lower-case ASCII is used, so
    SQLite and PostgreSQL agree under any collation. At most ``3 * limit + 2`` characters are
    returned; text beyond ``limit`` letters does not take part.
    """
    primary: list[str] = []
    tones: list[str] = []
    for unit in re.findall(r"[0-9]+|\D", unicodedata.normalize("NFD", _for_order(text))):
        if unit.isascii() and unit.isdigit():
            digits = unit.lstrip("0") or "0"
            weights = ["1" + _base36(len(digits)), *("1" + digit for digit in digits)]
            primary += weights
            tones += ["0"] * len(weights)
        elif unit in _TONES and tones:
            tones[-1] = str(_TONES[unit])
        elif unit in _LETTER_MARKS and primary and primary[-1][0].isalpha():
            primary[-1] = primary[-1][0] + _LETTER_MARKS[unit]
        elif not unicodedata.combining(unit):
            primary.append(_primary_weight(unit))
            tones.append("0")
    return "".join(primary[:limit]) + "00" + "".join(tones[:limit])


def _for_order(text: str) -> str:
    kept = (ch if ch.isalnum() or unicodedata.combining(ch) else " " for ch in canonical(text))
    return squeeze("".join(kept))


def _base36(number: int) -> str:
    return "0123456789abcdefghijklmnopqrstuvwxyz"[min(number, 35)]


def _primary_weight(letter: str) -> str:
    if letter == " ":
        return "01"
    if letter in "đðɖ":
        return "d1"
    if "a" <= letter <= "z":
        return letter + "0"
    return "zz"  # other scripts after our alphabet


def person_key(name: str) -> str:
    """Return the sort key of a person's name: given name (last word), family name, middle."""
    words = squeeze(nfc(name)).split(" ")
    given, family, middle = words[-1], words[0] if len(words) > 1 else "", " ".join(words[1:-1])
    return "".join(collation_key(part, limit=24) for part in (given, family, middle))


def similarity(first: str, second: str) -> float:
    """Return how alike two short texts are, 0 (nothing shared) to 1 (equal when folded).

    Words and pairs of neighbouring words are compared, so a changed order counts a little and a
    changed word counts more. Meant for warnings about near duplicates, never for a refusal.
    """
    a, b = _shingles(first), _shingles(second)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _shingles(text: str) -> Counter[str]:
    words = fold(text).split()
    pairs = (f"{left} {right}" for left, right in pairwise(words))
    return Counter(words) + Counter(pairs)


def clean_pasted(text: str) -> str:
    """Return pasted text made tidy, with its lines kept.

    Text of old fonts or broken UTF-8 is converted when it is recognised beyond doubt; invisible
    characters, non-breaking spaces, Word's bullets, double spaces and runs of empty lines go.
    """
    text = nfc(legacy.to_unicode(text, legacy.detect(text)).text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"[^\S\n]+", " ", line).strip()
        lines.append(re.sub(r"^[\uf0b7\uf0a7\uf076\uf0d8·•▪]\s*", "- ", line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
