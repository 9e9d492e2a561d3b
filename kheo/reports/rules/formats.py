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
ANNEX_SIZE = 10
"""Letters of an annex table, points: a landscape page holds a dozen columns."""


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
    terms: Mapping[str, tuple[date, ...]]
    """Days on which terms of a committee began, by its symbol; `*` holds for all others."""

    @classmethod
    def of(cls, code: str, values: Mapping[str, Any]) -> Format:
        """The format of a row's values. Raises FormatError naming what is wrong."""
        needed = set(cls.__slots__) - {"code", "terms"}
        absent = sorted(needed - set(values))
        if absent:
            raise FormatError(f"thiếu {', '.join(absent)}")
        _numbers("margins", values["margins"], MARGINS, 5, 60)
        _numbers("sizes", values["sizes"], SIZES, 8, 24)
        if sorted(values["abbreviations"]) != sorted(SIGNATURES):
            raise FormatError(f"abbreviations phải có đúng: {', '.join(SIGNATURES)}")
        if values["numbering"] not in ("year", "term"):
            raise FormatError("numbering là “year” (theo năm) hoặc “term” (theo nhiệm kỳ)")
        terms = _terms(values.get("terms", {}))
        if values["numbering"] == "term" and not terms.get("*"):
            raise FormatError("terms phải có “*”: các ngày bắt đầu nhiệm kỳ, ví dụ {\"*\": [\"2020-08-01\", \"2025-08-01\"]}")
        kept = {name: values[name] for name in needed}
        return cls(code=code, **(kept | {"columns": tuple(values["columns"]), "terms": terms}))

    def span(self, symbol: str, on: date) -> str:
        """Within what a number of this symbol is given once: `2023`, or `nhiệm kỳ từ 01/08/2020`.

        A day before the first known term counts with that term: an old paper is numbered by hand.
        """
        if self.numbering == "year":
            return str(on.year)
        starts = self.terms.get(symbol) or self.terms["*"]
        begun = [start for start in starts if start <= on]
        return f"nhiệm kỳ từ {(begun[-1] if begun else starts[0]):%d/%m/%Y}"

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


def _terms(given: Any) -> dict[str, tuple[date, ...]]:
    if not isinstance(given, Mapping):
        raise FormatError("terms là các ngày bắt đầu nhiệm kỳ theo ký hiệu cơ quan")
    found: dict[str, tuple[date, ...]] = {}
    for symbol, days in given.items():
        try:
            found[symbol] = tuple(date.fromisoformat(day) for day in days)
        except (TypeError, ValueError):
            raise FormatError(f"terms.{symbol} phải là danh sách ngày dạng 2025-08-01") from None
        if list(found[symbol]) != sorted(set(found[symbol])):
            raise FormatError(f"terms.{symbol} phải xếp từ ngày sớm đến ngày muộn")
    return found


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


def annex_head(name: str, annex: Mapping[str, Any], content: Mapping[str, Any], paper: Mapping[str, Any], layout: Format) -> list[tuple[str, float, bool, bool]]:
    """The lines above an annex: (words, size, bold, italic). Number and date are those of the paper it goes with."""
    line, day = paper["number_line"], paper["place_date"].split(", ", 1)[1]
    issuer = paper.get("issuer_words") or " ".join(paper["issuer"].split())
    number = line[0].lower() + line[1:].replace(":", "", 1)
    return [
        (name, layout.sizes["subject"], True, False), (f"{annex['title']} – {content['period_words']}".upper(), layout.sizes["subject"], True, False),
        (f"(Kèm theo Báo cáo {number} {day} của {issuer})", layout.sizes["place_date"], False, True),
    ]


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
