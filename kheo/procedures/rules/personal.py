"""Keeping personal data out of the few free texts that are kept.

Names, addresses, telephones and identity numbers stand in columns that are never read. What is read
(reasons of delay, names of procedures, wrong cells quoted in messages) is cleaned here first: every
run of nine or more digits, plates and e-mail addresses, and the name after a form of address.
Structures: NĐ 356/2025/NĐ-CP article 3.
"""

from __future__ import annotations

import re

from kheo.core.rules.text import fold, nfc

HIDDEN = "***"
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LETTERS = r"[^\W\d_]*"
_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[ .\-()]{0,2}\d){8,}", re.ASCII)
# A unit with its day, as files of the watched folder are named (14812@2023-06-01_2023-11.xlsx), is no address.
_MAIL = re.compile(r"[\w.+-]+@(?!\d{4}-\d\d-\d\d_)[\w-]+(?:\.[\w-]+)+")
_PLATE = re.compile(r"(?<![\w.])(?:1[1-9]|[2-9]\d)[ \-]?[A-ZĐ]{1,2}\d?[ \-.]{1,3}(?:\d{3}\.?\d{2}|\d{4})(?!\d)")
_CALLED = (
    r"(?:(?:[Ôô]ng|ÔNG|[Bb]à|BÀ|[Aa]nh|[Cc]hị|[Cc]háu|[Cc]on|[Vv]ợ|[Cc]hồng|[Mm]ẹ|[Cc]ha|[Bb]ố|[Cc]hủ hộ|[Cc]hủ hồ sơ|"
    r"[Cc]ông dân|[Nn]gười nộp|[Hh]ọ (?:và )?tên|[Tt]ên)\s*:?\s+)"
)
_NAME = rf"[{_UPPER}]{_LETTERS}(?:\s+[{_UPPER}]{_LETTERS}){{0,5}}"
_PERSON = re.compile(rf"(?P<called>{_CALLED})(?P<name>{_NAME})")
# A family name with at least one further name, each with a capital: written without a form of address.
_FAMILY = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Mai|Trịnh|Đinh|Lưu|Đào|Đoàn|Cao|Tống|Hà|Tạ|"
    "NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|MAI|TRỊNH|ĐINH|LƯU|ĐÀO|ĐOÀN|CAO|TỐNG|HÀ|TẠ"
)
_BARE = re.compile(rf"(?<!\w)(?:{_FAMILY})(?:\s+[{_UPPER}]{_LETTERS}){{1,4}}(?!\w)")
_GAP = r"[\s_.\-]+"
_PLAIN_FAMILY = "|".join(dict.fromkeys(fold(name) for name in _FAMILY.split("|")))
_CAPITAL_FAMILY = "|".join(name.capitalize() for name in _PLAIN_FAMILY.split("|"))
_PLAIN_NAME = re.compile(rf"(?<![^\W_])(?:{_FAMILY}|{_CAPITAL_FAMILY}|{_CAPITAL_FAMILY.upper()})(?:{_GAP}[{_UPPER}][^\W\d_]*){{2,4}}(?![^\W_])")
_JOINED_NAME = re.compile(rf"(?<![^\W_])(?:{_CAPITAL_FAMILY})(?:[A-Z][a-z]+){{2,4}}(?![^\W_])")
_MIDDLE_NAME = re.compile(rf"(?i)(?<![^\W_])(?:{_PLAIN_FAMILY}|{_FAMILY}){_GAP}(?:van|thi|văn|thị)(?:{_GAP}[^\W\d_]+){{1,2}}(?![^\W_])")
_ADDRESS = re.compile(r"(?i)\b(?:số nhà|nhà số|ngõ|ngách|hẻm)\s+[\w/.\-]+(?:\s+(?:đường|phố)(?:\s+[^\W\d_]+){1,4})?")


def cleaned(text: str, *, names: bool = True) -> tuple[str, int]:
    """Return the text without personal data, and how many places were hidden.

    `names=False` for texts in which proper names are expected, such as names of procedures.
    """
    clean, found = nfc(text), 0
    for pattern in (_MAIL, _PLATE, _NUMBER, _ADDRESS):
        clean, hits = pattern.subn(HIDDEN, clean)
        found += hits
    if names:
        clean, hits = _PERSON.subn(rf"\g<called>{HIDDEN}", clean)
        clean, more = _BARE.subn(HIDDEN, clean)
        found += hits + more
    return clean, found


def cleaned_title(text: str) -> str:
    """The name of a file or sheet without personal data. People name files without tones and with
    strokes for spaces, so names are looked for in those spellings too."""
    stem, dot, ending = text.rpartition(".")
    if not (stem and ending.isascii() and ending.isalpha() and len(ending) <= 4):
        stem, dot, ending = text, "", ""
    clean = cleaned(stem)[0]
    for pattern in (_PLAIN_NAME, _JOINED_NAME, _MIDDLE_NAME):
        clean = pattern.sub(HIDDEN, clean)
    return clean + dot + ending


def quoted(value: object, limit: int = 60) -> str:
    """A wrong cell as a message may repeat it: cleaned and short."""
    clean = cleaned(str(value)[: limit * 3])[0]
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"
