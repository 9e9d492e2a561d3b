"""The codes printed on procedures and dossiers.

Sources: TT 03/2025/TT-VPCP (dossier and sector codes); the older form of dossier codes is still
found in exports of 2023. Codes are text: a leading zero counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kheo.core.rules.text import nfc

_PROCEDURE = re.compile(r"\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?")
_DOSSIER = re.compile(r"(?P<unit>[A-Z]\d{2}(?:\.\d{1,3}){0,4}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-(?P<day>\d{6})-(?P<serial>\d{4,8})")
_UNIT = re.compile(r"[A-Z]\d{2}(?:\.\d{1,3}){0,4}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier's code taken apart. `day` is None when the six digits are no date."""

    text: str
    unit: str
    day: date | None
    serial: str


def tidy(text: str) -> str:
    """The code as it is stored: no spaces, plain dashes, capital letters."""
    return "".join(nfc(text).split()).translate(_DASHES).upper()


def is_procedure(text: str) -> bool:
    """True for ``1.004616.000.00.00.H56`` and its short form ``1.004616``."""
    return _PROCEDURE.fullmatch(text) is not None


def short(text: str) -> str:
    """The short form, by which a procedure is the same in every province: ``1.004616``."""
    return text[:8]


def is_unit(text: str) -> bool:
    """True for the identifier of a unit, such as ``H56.32.01`` or the former ``000.00.14.H56``."""
    return _UNIT.fullmatch(text) is not None


def dossier(text: str) -> DossierCode | None:
    """Take a tidy dossier code apart; None when it has neither of the two forms."""
    match = _DOSSIER.fullmatch(text)
    if match is None:
        return None
    day = match["day"]
    try:
        received = date(2000 + int(day[:2]), int(day[2:4]), int(day[4:]))
    except ValueError:
        received = None
    return DossierCode(text, match["unit"], received, match["serial"])
