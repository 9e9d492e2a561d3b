"""The one strict reader of numbers, and the way numbers are shown.

Vietnamese papers write ``11.182`` and ``15,3%``; keyboards and older systems write ``11,182`` and
``15.3%``. What can be read in two ways is refused with both readings, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from kheo.core.errors import InvalidInput

Kind = Literal["decimal", "integer", "percent", "money"]

MAX_TEXT = 40
MAX_VALUE = Decimal(10) ** 18
MAX_DECIMALS = 12

_SPACES = "\u00a0\u2007\u2009\u202f "
_SIGNED = re.compile(r"([+-]?)\s*([0-9][0-9.,\u00a0\u2007\u2009\u202f ]*)")
_AMBIGUOUS = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{3})")
_MONEY_UNITS = {
    "ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "trd": 10**6,
    "nghin": 1000, "ngan": 1000, "k": 1000,
}  # fmt: skip
_MONEY_PART = re.compile(rf"([0-9][0-9.,]*) *({'|'.join(_MONEY_UNITS)})\b *")
_CURRENCY = re.compile(r" *(?:dong|vnd|d)\.?$")


def parse(value: object, *, kind: Kind = "decimal", field: str | None = None) -> Decimal:
    """Read one number strictly.

    ``percent`` returns the percentage itself (``56,4%`` is 56.4) and ``money`` returns đồng
    (``1,5 tỷ`` is 1500000000). Numbers from code and spreadsheets are taken as they are, except
    that a spreadsheet's 0.953 could be 95.3% or 0.953% and is refused for ``percent``; pass a
    Decimal where the meaning is known. Raises InvalidInput with the codes ``number_*``,
    ``ambiguous_number`` and ``ambiguous_percent``.
    """
    try:
        number = _parse(value, kind)
    except InvalidInput as error:
        error.field = field
        raise
    return number


def _parse(value: object, kind: Kind) -> Decimal:
    if isinstance(value, str):
        number = _from_text(value, kind)
    else:
        number = _from_native(value, kind)
    _check_size(number, value)
    if kind == "integer":
        if number != number.to_integral_value():
            raise _invalid("number_not_whole", value)
        return number.quantize(Decimal(1))
    return number


def _from_native(value: object, kind: Kind) -> Decimal:
    if value is None:
        raise InvalidInput(code="number_missing")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _invalid("number_unreadable", value)
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise _invalid("number_not_finite", value)
    if kind == "percent" and not isinstance(value, Decimal) and 0 < abs(number) <= 1:
        raise InvalidInput(
            code="ambiguous_percent",
            params={
                "text": _comma(number),
                "as_fraction": _comma((number * 100).normalize()),
                "as_percent": _comma(number.normalize()),
            },
        )
    if isinstance(value, float) and number == number.to_integral_value() and _sane(number):
        return number.quantize(Decimal(1))
    return number


def _check_size(number: Decimal, value: object) -> None:
    if not _sane(number):
        raise _invalid("number_out_of_range", value)


def _sane(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return abs(number) < MAX_VALUE and isinstance(exponent, int) and exponent >= -20


def _from_text(text: str, kind: Kind) -> Decimal:
    if len(text) > 4 * MAX_TEXT:
        raise _invalid("number_too_long", text[:MAX_TEXT] + "…")
    clean = unicodedata.normalize("NFC", text).strip().replace("\u2212", "-").strip(_SPACES)
    if not clean:
        raise InvalidInput(code="number_missing")
    if len(clean) > MAX_TEXT:
        raise _invalid("number_too_long", clean[:MAX_TEXT] + "…")
    if clean.endswith("%"):
        if kind != "percent":
            raise _invalid("number_unexpected_percent", text)
        clean = clean[:-1].rstrip(_SPACES)
    if kind == "money":
        return _money(clean)
    return _signed(clean, text)


def _money(clean: str) -> Decimal:
    plain = unicodedata.normalize("NFD", clean.lower()).replace("đ", "d")
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    plain = re.sub(f"[{_SPACES}]+", " ", plain)
    amount = _CURRENCY.sub("", plain)
    if amount != plain and _AMBIGUOUS.fullmatch(amount):
        # The đồng has no smaller coin, so 500.000 đồng has one reading only.
        return Decimal(re.sub("[.,]", "", amount))
    plain = amount
    total, last, end = Decimal(0), None, 0
    for part in _MONEY_PART.finditer(plain):
        factor = _MONEY_UNITS[part.group(2)]
        if part.start() != end or (last is not None and factor >= last):
            raise _invalid("money_unreadable", clean)
        total += _signed(part.group(1), clean) * factor
        last, end = factor, part.end()
    if last is None:
        return _signed(plain, clean)
    if plain[end:].strip():
        raise _invalid("money_unreadable", clean)
    return total.quantize(Decimal(1)) if total == total.to_integral_value() else total


def _signed(clean: str, original: str) -> Decimal:
    match = _SIGNED.fullmatch(clean)
    if match is None:
        raise _invalid("number_unreadable", original)
    number = Decimal(_plain_digits(match.group(2).strip(_SPACES), original))
    return -number if match.group(1) == "-" else number


def _plain_digits(body: str, original: str) -> str:
    """Turn digits with separators into digits with at most one point."""
    spaced = [ch for ch in body if ch in _SPACES]
    if spaced:
        return _grouped(body, spaced[0], original)
    marks = {ch for ch in body if ch in ".,"}
    if not marks:
        return body
    if len(marks) == 2:
        decimal_mark = max(marks, key=body.rfind)
        return _grouped(body, (marks - {decimal_mark}).pop(), original)
    mark = marks.pop()
    if body.count(mark) > 1:
        return _grouped(body, mark, original)
    ambiguous = _AMBIGUOUS.fullmatch(body)
    if ambiguous:
        whole, rest = ambiguous.groups()
        raise InvalidInput(
            code="ambiguous_number",
            params={
                "text": original,
                "as_thousands": whole + rest,
                "as_decimal": f"{whole},{rest}",
            },
        )
    return _decimal(body, mark, original)


def _grouped(body: str, separator: str, original: str) -> str:
    """Check groups of three before an optional decimal part, and remove the separators."""
    mark = r"[.,]" if separator in _SPACES else ("," if separator == "." else r"\.")
    pattern = rf"([1-9][0-9]{{0,2}}(?:{re.escape(separator)}[0-9]{{3}})+)(?:{mark}([0-9]+))?"
    match = re.fullmatch(pattern, body)
    if match is None:
        raise _invalid("number_bad_groups", original)
    whole = match.group(1).replace(separator, "")
    return f"{whole}.{match.group(2)}" if match.group(2) else whole


def _decimal(body: str, mark: str, original: str) -> str:
    whole, _, rest = body.partition(mark)
    if not rest or len(rest) > MAX_DECIMALS:
        raise _invalid("number_unreadable", original)
    return f"{whole}.{rest}"


def _invalid(code: str, value: object) -> InvalidInput:
    return InvalidInput(code=code, params={"text": str(value)[: MAX_TEXT + 1]})


def _comma(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def half_up(number: Decimal, decimals: int) -> Decimal:
    """Round half away from zero, as official papers do (never banker's rounding)."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def trimmed(number: Decimal) -> Decimal:
    """The same number without zeros behind its fraction: ``43.000000`` is ``43``, ``95.30`` is ``95.3``."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def format_number(value: Decimal | int | float, decimals: int | None = None) -> str:
    """Return the number as shown on screen: ``11.182``, ``287,85``.

    Without ``decimals`` the decimals that are there stay, without trailing zeros.
    """
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if decimals is not None:
        number = half_up(number, decimals)
    whole, _, rest = f"{abs(number):f}".partition(".")
    if decimals is None:
        rest = rest.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    shown = f"{grouped},{rest}" if rest else grouped
    return f"-{shown}" if number < 0 else shown


def format_percent(value: Decimal | int | float, decimals: int = 1) -> str:
    """Return a percentage as shown on screen, half-up: ``15,3%``."""
    return format_number(value, decimals) + "%"


def pad_count(count: int) -> str:
    """Return a count as official papers write it: below ten with a zero (``07 tuyến đường``)."""
    return f"{count:02d}" if 0 <= count < 10 else format_number(count)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share that keeps its numerator and denominator.

    ``state`` is ``known``, ``none_arising`` (the denominator is 0: "không phát sinh") or
    ``missing`` ("chưa có số liệu"). Neither of the last two is zero.
    """

    numerator: Decimal | None
    denominator: Decimal | None

    @property
    def state(self) -> Literal["known", "none_arising", "missing"]:
        if self.numerator is None or self.denominator is None:
            return "missing"
        return "known" if self.denominator else "none_arising"

    @property
    def value(self) -> Decimal | None:
        if self.numerator is None or self.denominator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def percent(self) -> Decimal | None:
        """The value times one hundred, not rounded."""
        value = self.value
        return None if value is None else value * 100


def ratio(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Ratio:
    """Return the share of two exact numbers, either of which may be unknown (None)."""
    return Ratio(
        None if numerator is None else Decimal(numerator),
        None if denominator is None else Decimal(denominator),
    )
