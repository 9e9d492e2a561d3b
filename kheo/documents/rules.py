"""Official documents without a database: how their numbers look, and when a document holds."""

from __future__ import annotations

import re
from datetime import date

# Party papers: 12-QĐ/ĐU, 03-HD/BDVHU. State papers: 156/QĐ-UBND, 29/2026/QĐ-TTg,
# 1686/NQ-UBTVQH15; before the year 2000 the dash stood elsewhere: 157-HĐBT.
PARTY_NUMBER = re.compile(r"^\d{1,5}-[A-ZĐ][A-Za-zĐđ]{1,4}/[A-ZĐ][A-Za-zĐ&-]*$")
STATE_NUMBER = re.compile(
    r"^\d{1,6}/(\d{4}/)?([A-ZĐ][A-Za-zĐđ]{1,4}-)?[A-ZĐ][A-Za-z0-9Đ&-]*$"
)

def looks_official(number: str) -> bool:
    """True when the number has the shape of a party or a state document.

    A warning, never a refusal: offices do use other shapes, and old papers always did.
    """
    return bool(PARTY_NUMBER.match(number) or STATE_NUMBER.match(number))


def in_force_on(day: date, issued_on: date, start: date | None, end: date | None) -> bool:
    """True when the document holds on the day; `end` is the first day it no longer holds."""
    return (start or issued_on) <= day and (end is None or day < end)
