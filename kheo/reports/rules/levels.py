"""Which level a deciding body belongs to, read from its name: documents keep the issuer as text."""

from __future__ import annotations

import re

from kheo.core.rules.text import fold

# Code of the level (commendations.Level) → words in a body's name; the first that fits decides.
_WORDS = (
    ("central", re.compile(r"\b(trung uong|chinh phu|thu tuong|bo chinh tri)\b")),
    ("grassroots", re.compile(r"\b(dang uy|(?<!thi )xa(?! hoi)|phuong|thi tran|dac khu|chi bo)\b")),
    ("province", re.compile(r"\b(tinh uy|tinh)\b")),
    ("district", re.compile(r"\b(huyen uy|huyen|thi uy|thi xa|quan uy|quan|thanh uy|thanh pho)\b")),
)


def level_of(issuer: str) -> str:
    """Code of the level of an issuing body: `Ban Thường vụ Thị ủy Bỉm Sơn` is district; unknown is grassroots."""
    name = fold(issuer)
    return next((code for code, words in _WORDS if words.search(name)), "grassroots")
