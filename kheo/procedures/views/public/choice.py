"""Period and unit as the address names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kheo.core.errors import InvalidInput
from kheo.core.rules import periods as core_periods
from kheo.procedures.queries import figures


@dataclass(frozen=True)
class Choice:
    """What the reader chose, what can be chosen, and what of the address was not understood."""

    code: str
    unit: int | None
    slug: str
    periods: list[tuple[str, str]]
    units: list[tuple[str, str]]
    ignored: list[str]

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        return f"ky={self.code}" + (f"&don_vi={self.slug}" if self.slug else "")

    @property
    def unit_name(self) -> str:
        """The chosen unit in words; empty for all."""
        return dict(self.units).get(self.slug, "")


def period_name(code: str) -> str:
    """A period in words: tháng 11/2023, quý IV/2023, 6 tháng cuối năm 2023, năm 2023."""
    if "-Q" in code:
        return _("quarter %(number)s of %(year)s") % {"number": ["I", "II", "III", "IV"][int(code[-1]) - 1], "year": code[:4]}
    if "-H" in code:
        first = _("first half of %(year)s") if code.endswith("1") else _("second half of %(year)s")
        return first % {"year": code[:4]}
    if len(code) == 7:
        return _("%(month)s/%(year)s") % {"month": code[5:], "year": code[:4]}
    return _("year %(year)s") % {"year": code}


def read(request: HttpRequest) -> Choice:
    """Read the address; what is not understood is named, never an error."""
    codes = figures.period_codes()
    units = figures.units_with_figures()
    ignored: list[str] = []
    code = _code(request.GET.get("ky", "").strip(), codes, ignored)
    slug = request.GET.get("don_vi", "").strip()
    pk = next((pk for pk, (_name, known) in units.items() if known == slug), None)
    if slug and pk is None:
        ignored.append(_("unit “%(text)s”") % {"text": slug[:40]})
        slug = ""
    named: list[tuple[str, Any]] = [(code_, period_name(code_)) for code_ in codes]
    return Choice(code, pk, slug, named, sorted(((s, name) for name, s in units.values()), key=lambda unit: unit[1]), ignored)


def _code(asked: str, codes: list[str], ignored: list[str]) -> str:
    months = [code for code in codes if code[5:].isdigit()]
    newest = next(iter(months or codes), "")
    if not asked:
        return newest
    try:
        code = core_periods.parse_period(asked).code
    except InvalidInput:
        ignored.append(_("period “%(text)s”") % {"text": asked[:40]})
        return newest
    if code not in codes:
        ignored.append(_("period %(code)s, for which nothing is published") % {"code": code})
        return newest
    return code
