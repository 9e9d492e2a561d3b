"""Text typed with the fonts of the nineties (TCVN3/ABC, VNI-Windows) or decoded wrongly.

Spreadsheets of communes still hold such text: the cell keeps Western letters and symbols, the
font drew them as Vietnamese. A guess is accepted only when it turns nonsense into syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kheo.core.rules.syllables import is_syllable

Encoding = Literal["unicode", "tcvn3", "vni", "mojibake", "unsure"]

_LOWER = (
    "àảãáạ" "ăằẳẵắặ" "âầẩẫấậ" "èẻẽéẹ" "êềểễếệ" "ìỉĩíị"
    "òỏõóọ" "ôồổỗốộ" "ơờởỡớợ" "ùủũúụ" "ưừửữứự" "ỳỷỹýỵ" "đ"
)  # fmt: skip
LETTERS = _LOWER + _LOWER.upper()
"""All 134 letters of Vietnamese that ASCII lacks."""

# TCVN 5712:1993 VN3, one code per lower-case letter in the order of _LOWER.
_TCVN3_CODES = bytes.fromhex(
    "B5B6B7B8B9" "A8BBBCBDBEC6" "A9C7C8C9CACB" "CCCECFD0D1" "AAD2D3D4D5D6" "D7D8DCDDDE"
    "DFE1E2E3E4" "ABE5E6E7E8E9" "ACEAEBECEDEE" "EFF1F2F3F4" "ADF5F6F7F8F9" "FAFBFCFDFE" "AE"
).decode("latin-1")  # fmt: skip
TCVN3 = dict(zip(_TCVN3_CODES, _LOWER, strict=True)) | dict(
    zip("\xa1\xa2\xa3\xa4\xa5\xa6\xa7", "ĂÂÊÔƠƯĐ", strict=True)
)
"""Code to letter. Only seven capitals exist; the capital fonts drew lower-case codes large."""

# The same bytes read by a Windows set to Vietnamese (code page 1258) arrive as these letters.
_TCVN3_ALIASES = dict(zip("ĐưƯơƠĂă₫", "\xd0\xfd\xdd\xf5\xd5\xc3\xe3\xfe", strict=True))

# VNI writes the vowel and then a second character that carries the marks.
_VNI_TONES = "øûõùï"  # huyền hỏi ngã sắc nặng, after a e o u y ô(ơ) ö(ư)
_VNI_SETS = {  # vowel as VNI writes it: letters in the order of the marks
    ("a", _VNI_TONES): "àảãáạ", ("a", "êèúüéë"): "ăằẳẵắặ", ("a", "âàåãáä"): "âầẩẫấậ",
    ("e", _VNI_TONES): "èẻẽéẹ", ("e", "âàåãáä"): "êềểễếệ",
    ("o", _VNI_TONES): "òỏõóọ", ("o", "âàåãáä"): "ôồổỗốộ",
    ("ô", _VNI_TONES): "ờởỡớợ", ("u", _VNI_TONES): "ùủũúụ", ("ö", _VNI_TONES): "ừửữứự",
    ("y", "øûõù"): "ỳỷỹý",
}  # fmt: skip
_VNI_SINGLE = dict(zip("ìæóíòôöîñ", "ìỉĩíịơưỵđ", strict=True))


def _vni_table() -> dict[str, str]:
    pairs = {
        vowel + mark: letter
        for (vowel, marks), letters in _VNI_SETS.items()
        for mark, letter in zip(marks, letters, strict=True)
    }
    lower = pairs | _VNI_SINGLE
    table = dict(lower)
    for code, letter in lower.items():
        table[code.upper()] = letter.upper()
        if len(code) == 2:
            table[code[0].upper() + code[1]] = letter.upper()
            table[code[0] + code[1].upper()] = letter
    return table


VNI = _vni_table()
"""One or two characters to a letter, capitals included."""
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TO_VNI = {letter: code for code, letter in VNI.items() if code in (code.lower(), code.upper())}
_TO_TCVN3 = {letter: code for code, letter in TCVN3.items()}

# What separates words under every guess. Symbols that TCVN3 uses as letters are not here.
_BETWEEN = re.compile(r"[\s!-/:-@\[-`{-~\u2010-\u2027\u2030-\u205e\d]+")
_UNITS = frozenset({"m²", "m³", "km²", "dm²", "cm²", "ha²"})
# Letters that stand for bytes 0x80-0xFF when UTF-8 is read as code page 1252 or Latin-1.
_BYTES_1252 = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(0x80, 0x100)}
_BYTES_1252 |= {chr(b): b for b in range(0x80, 0x100)}
_HIGH_RUN = re.compile("[" + re.escape("".join(_BYTES_1252)) + "]{2,}")


@dataclass(frozen=True, slots=True)
class Converted:
    """Text in Unicode, and what the reader should check (codes for translation)."""

    text: str
    notes: tuple[str, ...] = ()


def from_tcvn3(text: str) -> Converted:
    """Convert TCVN3 to Unicode.

    Capital letters with marks have no code of their own. Words whose plain letters are all
    capitals are raised; otherwise the letter stays lower case with the note
    ``capitals_unknown``.
    """
    known = "".join(TCVN3.get(_TCVN3_ALIASES.get(ch, ch), ch) for ch in text)
    plain = [ch for ch in text if ch.isascii() and ch.isalpha()]
    if len(plain) >= 4 and all(ch.isupper() for ch in plain):
        return Converted(known.upper(), ("capitals_unknown",))
    out, noted = [], False
    for word in re.split(r"(\s+)", known):
        ascii_letters = [ch for ch in word if ch.isascii() and ch.isalpha()]
        raised = len(ascii_letters) >= 2 and all(ch.isupper() for ch in ascii_letters)
        noted = noted or (raised and word != word.upper())
        out.append(word.upper() if raised else word)
    return Converted("".join(out), ("capitals_unknown",) if noted else ())


def from_vni(text: str) -> Converted:
    """Convert VNI-Windows to Unicode."""
    return Converted(_VNI_CODE.sub(lambda match: VNI[match.group()], text))


def from_mojibake(text: str) -> Converted:
    """Repair UTF-8 that was read as code page 1252 or Latin-1, also when it happened twice."""
    for _ in range(2):
        repaired = _HIGH_RUN.sub(_decoded_run, text)
        if repaired == text:
            break
        # à ends in a non-breaking space, which many programs turn into an ordinary one.
        text = repaired.replace("Ã ", "à")
    return Converted(text)


def _decoded_run(match: re.Match[str]) -> str:
    raw = bytes(_BYTES_1252[ch] for ch in match.group())
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def to_unicode(text: str, encoding: Encoding) -> Converted:
    """Convert from the named encoding; ``unicode`` and ``unsure`` leave the text as it is."""
    match encoding:
        case "tcvn3":
            return from_tcvn3(text)
        case "vni":
            return from_vni(text)
        case "mojibake":
            return from_mojibake(text)
        case _:
            return Converted(text)


def to_tcvn3(text: str) -> str:
    """Write Unicode as TCVN3; a capital that has no code becomes its lower-case code."""
    return "".join(_TO_TCVN3.get(ch) or _TO_TCVN3.get(ch.lower(), ch) for ch in text)


def to_vni(text: str) -> str:
    """Write Unicode as VNI-Windows."""
    return "".join(_TO_VNI.get(ch, ch) for ch in text)


def detect(text: str) -> Encoding:
    """Return how the text is encoded; ``unsure`` when the evidence is thin."""
    return detect_many([text])


def detect_many(texts: Iterable[str]) -> Encoding:
    """Return how the texts of one column are encoded, judged together."""
    joined = [text for text in texts if not text.isascii()]
    if not joined:
        return "unicode"
    as_is, words = _syllables(joined)
    if words == 0:
        return "unicode"
    repaired = [from_mojibake(text).text for text in joined]
    if repaired != joined and _share(repaired) >= 0.7 and _share(repaired) > as_is / words:
        return "mojibake"
    return _legacy_or_unicode(joined, as_is / words, words)


def _legacy_or_unicode(texts: list[str], as_is: float, words: int) -> Encoding:
    tcvn3 = _share([from_tcvn3(text).text for text in texts])
    vni = _share([from_vni(text).text for text in texts])
    best = max(tcvn3, vni)
    if as_is >= 0.7 and best - as_is < 0.25:
        return "unicode"
    if best >= 0.8 and best - as_is >= 0.25 and abs(tcvn3 - vni) >= 0.15:
        # One odd word (a brand, a foreign name) is no evidence.
        return ("tcvn3" if tcvn3 > vni else "vni") if words >= 2 else "unsure"
    return "unicode" if as_is >= 0.5 else "unsure"


def better_as(text: str, encoding: Encoding) -> bool:
    """Return whether one cell of a column in this encoding gains from the conversion."""
    if text.isascii():
        return False
    return _share([to_unicode(text, encoding).text]) > _share([text])


def _share(texts: Iterable[str]) -> float:
    good, words = _syllables(texts)
    return good / words if words else 1.0


def _syllables(texts: Iterable[str]) -> tuple[int, int]:
    """Count the words with letters beyond ASCII, and how many of them are syllables."""
    good = words = 0
    for text in texts:
        for word in _BETWEEN.split(text):
            if word.isascii() or word in _UNITS or not any(ch.isalpha() for ch in word):
                continue
            words += 1
            good += is_syllable(word)
    return good, words
