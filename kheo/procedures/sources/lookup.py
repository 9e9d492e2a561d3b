"""The key under which a person finds their own dossier: code and second factor, hashed with a secret.

The second factor is the last four digits of the telephone number left with the dossier; where the
export has none, the due date printed on the receipt. Neither is stored: only 63 bits of a keyed hash
of both together (docs/decisions: the second factor of a look-up).
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from django.conf import settings

from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import parse_date

_DIGITS = re.compile(r"\D+")
LEAST_DIGITS = 9


def secret() -> bytes:
    """The key of the hash, made from the installation's secret."""
    return hashlib.blake2b(str(settings.SECRET_KEY).encode(), digest_size=32, person=b"kheo-tra-cuu").digest()


def hashed(key: bytes, code: str, factor: str) -> int:
    """63 bits of the keyed hash, as both databases store it."""
    digest = hashlib.blake2b(f"{code}|{factor}".encode(), key=key, digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def factor_of_phone(value: object) -> str:
    """The last four digits of a telephone number of an export; empty when it is none."""
    digits = _DIGITS.sub("", str(value)) if value is not None else ""
    return digits[-4:] if len(digits) >= LEAST_DIGITS else ""


def factor_of_day(day: date) -> str:
    """The due date as a factor."""
    return f"{day:%Y%m%d}"


def factor_typed(text: str) -> str | None:
    """What a person typed, as a factor: four digits, a whole telephone number, or a date."""
    digits = _DIGITS.sub("", text)
    if len(digits) == 4 and len(text.strip()) <= 6:
        return digits
    if len(digits) >= LEAST_DIGITS:
        return digits[-4:]
    try:
        return factor_of_day(parse_date(text.strip()))
    except InvalidInput:
        return None
