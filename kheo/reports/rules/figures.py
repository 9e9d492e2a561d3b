"""A figure of a report: value, numerator, denominator, the day it speaks of and where its rows are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kheo.core.rules import numbers

KNOWN, MISSING, NONE_ARISING = "known", "missing", "none_arising"
WORDS = {MISSING: "chưa có số liệu", NONE_ARISING: "không phát sinh"}
ATTRIBUTES = {
    "tu_so": "tử số", "mau_so": "mẫu số", "ty_so": "tử số/mẫu số", "ky_truoc": "giá trị kỳ trước",
    "so_voi_ky_truoc": "tăng, giảm so với kỳ trước", "ke_hoach": "chỉ tiêu kế hoạch", "so_voi_ke_hoach": "so với kế hoạch",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure under its token.

    `kind` is count, number, percent, ratio (x/y) or text. A count below ten is padded (NĐ 30 style).
    `href` lists its rows at the desk, `public_href` for anyone. Missing and "none arising" are not 0.
    """

    token: str
    label: str
    group: str
    kind: str = "count"
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unit: str = ""
    decimals: int = 1
    state: str = KNOWN
    text: str = ""
    as_of: str = ""
    href: str = ""
    public_href: str = ""
    note: str = ""
    previous: Decimal | None = None
    plan: Decimal | None = None

    @property
    def shown(self) -> str:
        """The figure as the report prints it, without its unit."""
        return self.written(self.value)

    def written(self, value: Decimal | None) -> str:
        """A value of this kind in words of the report; what is missing is said, never a 0."""
        if self.kind == "text":
            return self.text
        if self.kind == "ratio" and value == self.value and self.numerator is not None and self.denominator is not None:
            return f"{_plain(self.numerator)}/{_plain(self.denominator)}"
        if value is None:
            return WORDS.get(self.state, WORDS[MISSING])
        if self.kind == "count":
            return numbers.pad_count(int(value)) if value == value.to_integral_value() else numbers.format_number(value)
        rounded = numbers.format_number(numbers.half_up(value, self.decimals))
        return rounded + "%" if self.kind in ("percent", "ratio") else rounded

    def attribute(self, name: str) -> str:
        """One of ATTRIBUTES in words."""
        if name == "ty_so":
            known = self.numerator is not None and self.denominator is not None
            return f"{_plain(self.numerator)}/{_plain(self.denominator)}" if known else WORDS[MISSING]
        if name == "so_voi_ky_truoc":
            return self.change
        if name == "so_voi_ke_hoach":
            return self.against_plan
        found = {"tu_so": self.numerator, "mau_so": self.denominator}
        if name in found:
            return _plain(found[name]) if found[name] is not None else WORDS[MISSING]
        value = self.previous if name == "ky_truoc" else self.plan
        return _percent_or(self, value)

    @property
    def attribute_ratio(self) -> str:
        """Numerator/denominator, for tables."""
        return self.attribute("ty_so")

    @property
    def change(self) -> str:
        """Against the last period: percentage points for shares, an amount for the rest."""
        if self.value is None or self.previous is None:
            return "chưa so sánh được"
        difference = self.value - self.previous
        if not difference:
            return "không đổi"
        unit = " điểm phần trăm" if self.kind in ("percent", "ratio") else f" {self.unit}" if self.unit else ""
        return f"{'tăng' if difference > 0 else 'giảm'} {self._amount(abs(difference))}{unit}"

    @property
    def against_plan(self) -> str:
        """Against the plan: percentage points for shares, per cent of the plan for the rest."""
        if self.value is None or self.plan is None:
            return "chưa so sánh được"
        if self.kind not in ("percent", "ratio"):
            if not self.plan:
                return "kế hoạch là 0"
            return f"bằng {numbers.format_number(numbers.half_up(self.value * 100 / self.plan, 1))}% kế hoạch"
        difference = self.value - self.plan
        if not difference:
            return "bằng kế hoạch"
        return f"{'cao hơn' if difference > 0 else 'thấp hơn'} kế hoạch {self._amount(abs(difference))} điểm phần trăm"

    def _amount(self, difference: Decimal) -> str:
        """A difference with the decimals of the figure; one that would vanish keeps two."""
        if self.kind == "count":
            return numbers.format_number(difference)
        rounded = numbers.half_up(difference, self.decimals)
        return numbers.format_number(rounded or numbers.half_up(difference, 2))

    def frozen(self) -> dict[str, Any]:
        """As plain JSON: numbers as text, so that nothing is rounded on the way."""
        return {name: _json(getattr(self, name)) for name in self.__slots__} | {"shown": self.shown}

    @classmethod
    def thawed(cls, data: Mapping[str, Any]) -> Figure:
        """The figure of `frozen`."""
        numeric = {"value", "numerator", "denominator", "previous", "plan"}
        kept = {k: v for k, v in data.items() if k in cls.__slots__}
        values: dict[str, Any] = {k: (Decimal(v) if k in numeric and v is not None else v) for k, v in kept.items()}
        return cls(**values)


def share(numerator: Decimal | int | None, denominator: Decimal | int | None) -> tuple[Decimal | None, str]:
    """The percentage of two exact numbers, not rounded, and the state of the figure."""
    found = numbers.ratio(numerator, denominator)
    return found.percent, found.state


def _percent_or(figure: Figure, value: Decimal | None) -> str:
    if value is None:
        return WORDS[MISSING]
    if figure.kind == "ratio":
        return numbers.format_percent(value, figure.decimals)
    return figure.written(value)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else numbers.format_number(value)


def _json(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value
