"""Define an indicator, change its definition from a day on, delete one that nothing needs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.indicators import policy, sources
from kheo.indicators.models import Indicator, IndicatorVersion
from kheo.indicators.models.indicator import CODE
from kheo.indicators.queries import definitions
from kheo.indicators.rules import formula, readings


@dataclass(frozen=True)
class Definition:
    """How an indicator is measured from a day on."""

    name: str
    unit_text: str
    valid_from: date
    direction: str = "higher"
    decimals: int = 0
    numerator_text: str = ""
    denominator_text: str = ""
    is_share: bool = False
    factor: Decimal = Decimal(100)
    aggregation: str = "sum"
    source: str = "typed"
    source_code: str = ""
    formula: str = ""
    basis: Document | None = None
    note: str = ""

    def values(self) -> dict[str, Any]:
        """Column → value."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return found | {name: text.squeeze(text.nfc(found[name])) for name in ("name", "unit_text", "formula")}


def define(code: str, data: Definition, *, by: Any, group: str = "", order: int = 100) -> Indicator:
    """A new indicator, or a new definition of a known one from its day on; the former ends that day.

    The same day again corrects that day's definition. Formulas are tried on sample figures first;
    unknown codes and circles are refused with the way around the circle.
    """
    require(policy.may(by, "define"))
    try:
        CODE(code)
    except ValidationError as error:
        raise InvalidInput(error.message, field="code") from error
    _check(code, data)
    with transaction.atomic():
        indicator, made = Indicator.objects.get_or_create(code=code, defaults={"group": group.strip(), "order": order})
        if not made and (group or order != 100):
            indicator.group, indicator.order = group.strip() or indicator.group, order
            indicator.save(update_fields=["group", "order"])
        later = indicator.versions.filter(valid_from__gt=data.valid_from).order_by("valid_from").first()
        former = indicator.versions.filter(valid_from__lt=data.valid_from).order_by("valid_from").last()
        if former is not None:
            indicator.versions.filter(pk=former.pk).update(valid_to=data.valid_from)
        IndicatorVersion.objects.update_or_create(
            indicator=indicator, valid_from=data.valid_from, defaults=data.values() | {"valid_to": later.valid_from if later else None}
        )
        record.record("indicators.define", indicator, by=by, label=data.name, valid_from=str(data.valid_from), source=data.source)
    return indicator


def _check(code: str, data: Definition) -> None:
    if not data.name.strip():
        raise InvalidInput(_("Give the indicator a name."), field="name")
    if data.aggregation == readings.RATIO and data.source == "typed" and not (data.numerator_text.strip() and data.denominator_text.strip()):
        raise InvalidInput(_("Say what the numerator and the denominator count."), field="numerator_text")
    if data.source == "computed" and sources.find(data.source_code) is None:
        raise InvalidInput(_("Choose what Khéo shall count."), field="source_code")
    if data.source == "formula":
        check_formula(code, data.formula)


def check_formula(code: str, written: str) -> formula.Formula:
    """Read a formula, see that its codes exist and lead to no circle, and try it on sample figures."""
    made = formula.parse(written)
    known = set(Indicator.objects.values_list("code", flat=True)) | {code}
    unknown = sorted(made.codes - known)
    if unknown:
        raise InvalidInput(_("No indicator has the code %(codes)s.") % {"codes": ", ".join(code[:60] for code in unknown)}, field="formula")
    others = {other: uses for other, uses in definitions.depends().items() if other != code}
    around = formula.cycle(code, others | {code: made.codes})
    if around:
        raise InvalidInput(_("The formula leads back to itself: %(way)s.") % {"way": " → ".join(around)}, field="formula")
    if all(reading.state == "none_arising" for _figures, reading in made.samples()):
        raise InvalidInput(_("The formula divides by 0 whatever the figures are."), field="formula")
    return made


def delete(indicator: Indicator, *, by: Any) -> None:
    """Delete an indicator that nothing needs; otherwise the refusal lists what does."""
    require(policy.may(by, "define"))
    used = definitions.in_use(indicator)
    if used:
        raise InvalidInput(_("“%(name)s” is in use: %(list)s.") % {"name": indicator, "list": "; ".join(str(u) for u in used)})
    with transaction.atomic():
        record.record("indicators.delete", indicator, by=by)
        indicator.delete()
