"""Document formats: what a dated row of the format table must hold, and the blocks made from it.

The numbers themselves are data (NĐ 30/2020/NĐ-CP annex I, HD 36-HD/VPTW); this module only checks
their shape and puts words together: number line, place and date, signature, names of issuers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kheo.core.rules.dates import long_date

STATE, PARTY = "state", "party"
MARGINS = ("top", "bottom", "left", "right")
SIZES = ("national", "motto", "parent", "issuer", "number", "place_date", "title", "subject", "body", "signature", "recipients_title", "recipients", "page_number", "table")
SIGNATURES = ("collective", "deputy", "order", "delegated")
MODES = ("collective", "collective_deputy", "deputy", "order", "delegated", "plain")
SPACE = "\u00a0"


class FormatError(ValueError):
    """The values of a format are incomplete or impossible; the text says which."""


@dataclass(frozen=True, slots=True)
class Format:
    """One document format as data. Lengths in millimetres, letters in points."""

    code: str
    margins: Mapping[str, float]
    sizes: Mapping[str, float]
    font: str
    national: str
    motto: str
    star: bool
    number_word: str
    number_pattern: str
    numbering: str
    abbreviations: Mapping[str, str]
    separator: str
    end_mark: str
    line_height: float
    first_line: float
    paragraph_gap: float
    columns: tuple[float, float]
    archive: str
    issuers: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, code: str, values: Mapping[str, Any]) -> Format:
        """The format of a row's values. Raises FormatError naming what is wrong."""
        needed = set(cls.__slots__) - {"code"}
        absent = sorted(needed - set(values))
        if absent:
            raise FormatError(f"thiếu {', '.join(absent)}")
        _numbers("margins", values["margins"], MARGINS, 5, 60)
        _numbers("sizes", values["sizes"], SIZES, 8, 24)
        if sorted(values["abbreviations"]) != sorted(SIGNATURES):
            raise FormatError(f"abbreviations phải có đúng: {', '.join(SIGNATURES)}")
        if values["numbering"] not in ("year", "term"):
            raise FormatError("numbering là “year” (theo năm) hoặc “term” (theo nhiệm kỳ)")
        kept = {name: values[name] for name in needed}
        return cls(code=code, **(kept | {"columns": tuple(values["columns"])}))

    @property
    def text_width(self) -> float:
        """Width of the lines on an A4 page, mm."""
        return 210 - self.margins["left"] - self.margins["right"]


def _numbers(name: str, given: Any, keys: tuple[str, ...], least: float, most: float) -> None:
    if not isinstance(given, Mapping) or sorted(given) != sorted(keys):
        raise FormatError(f"{name} phải có đúng: {', '.join(keys)}")
    for key, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise FormatError(f"{name}.{key} phải là số từ {least} đến {most}")


def number_line(layout: Format, number: int | None, symbol: str) -> str:
    """`Số: 05/BC-UBND` or `Số 12-BC/ĐU`; without a number a gap is left for the clerk's pen."""
    shown = f"{number:02d}" if number is not None else SPACE * 8
    return f"{layout.number_word} {layout.number_pattern.format(number=shown, symbol=symbol)}".replace(" ", SPACE)


def full_number(layout: Format, number: int, symbol: str) -> str:
    """The number and symbol as the register of documents keeps it: `05/BC-UBND`."""
    return layout.number_pattern.format(number=f"{number:02d}", symbol=symbol)


def place_date(place: str, on: date | None, year: int) -> str:
    """`Bỉm Sơn, ngày 05 tháng 01 năm 2026`; undated drafts keep the gaps."""
    if on is None:
        gap = SPACE * 6
        return f"{place}, ngày{gap}tháng{gap}năm {year}"
    return f"{place}, {long_date(on)}".replace("ngày ", f"ngày{SPACE}").replace("tháng ", f"tháng{SPACE}").replace("năm ", f"năm{SPACE}")


def signature_lines(layout: Format, mode: str, body: str, head: str, position: str) -> list[str]:
    """The lines above a signature, in capitals.

    `body` is the collective (ỦY BAN NHÂN DÂN), `head` whose place is taken (CHỦ TỊCH), `position` the
    signer's own. State papers write `TM.`, Party papers `T/M`.
    """
    short = layout.abbreviations
    lines = []
    if mode in ("collective", "collective_deputy"):
        lines.append(f"{short['collective']} {body}")
    if mode in ("deputy", "collective_deputy"):
        lines.append(f"{short['deputy']} {head}")
    if mode in ("order", "delegated"):
        lines.append(f"{short[mode]} {head}")
    lines.append(position)
    return [line.upper() for line in lines if line.strip()]


def issuer_of(layout: Format, kind: str, name: str, short: str, parent: str = "") -> dict[str, str]:
    """Parent line, issuer, symbol, place, body, head and deputy for a unit of a kind, from the data.

    `name` is the unit's full name, `short` the one without the word for its kind, `parent` the name of
    the area above.
    """
    chosen = layout.issuers.get(kind) or layout.issuers.get("*") or {}
    words = {"name": name, "short": short or name, "parent": parent}
    found = {key: str(value).format(**words).strip() for key, value in chosen.items()}
    for key in ("parent", "issuer", "symbol", "body", "head", "deputy"):
        found.setdefault(key, "")
    if "{parent}" in str(chosen.get("parent", "")) and not parent:
        found["parent"] = ""
    found["place"] = short or name
    return {key: value.upper() if key in ("parent", "issuer") else value for key, value in found.items()}


def in_sentence(issuer: str, names: tuple[str, ...]) -> str:
    """An issuer's capitals as it is written in a sentence: `Ủy ban nhân dân Thị xã Bỉm Sơn`.

    `names` are proper names (longest first) whose own capitals are kept.
    """
    flat = " ".join(issuer.split())
    if flat != flat.upper():
        return flat
    for name in names:
        start = flat.find(name.upper())
        if name and start >= 0:
            return f"{flat[:start].capitalize()}{name}{flat[start + len(name):].lower()}"
    return flat.capitalize()
