"""Fields that read dates, numbers, percentages and money the way people here write them.

All of them go through the one strict parser in `kheo.core.rules`, the same that imports and
the API use, so that a text means the same thing everywhere and an ambiguous one is refused
with both readings shown.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kheo.core import errors, messages
from kheo.core.forms.widgets import DateTextInput, MoneyTextInput, NumberTextInput, PercentTextInput
from kheo.core.rules import dates, numbers

Kind = Literal["decimal", "integer", "percent", "money"]


class StrictDateField(forms.DateField):
    """A day typed as d/m/Y (also d-m-Y, d.m.Y); the value is a `datetime.date`."""

    widget = DateTextInput
    default_error_messages = {"required": _("Enter a date, for example 05/11/2023.")}

    def to_python(self, value: Any) -> dt.date | None:
        """Read the text; errors say what was understood."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return dates.parse_date(value)
        except errors.InvalidInput as error:
            raise ValidationError(messages.describe(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Dates as d/m/Y; what a person typed is given back untouched."""
        return dates.format_date(value) if isinstance(value, dt.date) else value


class StrictNumberField(forms.Field):
    """A number with a decimal comma; the value is a `Decimal` (an `int` when `whole`).

    `min_value` and `max_value` are inclusive; `decimals` limits the digits after the comma.
    """

    widget: Any = NumberTextInput
    kind: Kind = "decimal"
    default_error_messages = {
        "required": _("Enter a number."),
        "decimals": _("Give at most %(decimals)s digits after the comma."),
    }

    def __init__(
        self,
        *,
        whole: bool = False,
        decimals: int | None = None,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        **kwargs: Any,
    ) -> None:
        self.whole = whole
        self.decimals = decimals
        super().__init__(**kwargs)
        if min_value is not None:
            self.validators.append(MinValueValidator(min_value))
        if max_value is not None:
            self.validators.append(MaxValueValidator(max_value))
        self.widget.is_required = self.required

    def to_python(self, value: Any) -> Decimal | int | None:
        """Read the text with the strict parser; None when it is empty."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            number = numbers.parse(value, kind="integer" if self.whole else self.kind)
        except errors.InvalidInput as error:
            raise ValidationError(messages.describe(error), code="invalid") from error
        if self.decimals is not None and -int(number.as_tuple().exponent) > self.decimals:
            raise ValidationError(
                self.error_messages["decimals"],
                code="decimals",
                params={"decimals": self.decimals},
            )
        return int(number) if self.whole else number

    def prepare_value(self, value: Any) -> Any:
        """A number as it can be typed again; what a person typed is given back untouched."""
        return typed(value) if isinstance(value, (int, Decimal)) else value


class StrictPercentField(StrictNumberField):
    """A percentage: `15,3` and `15,3%` both give Decimal("15.3")."""

    widget = PercentTextInput
    kind: Kind = "percent"
    default_error_messages = {"required": _("Enter a percentage, for example 15,3.")}


class MoneyField(StrictNumberField):
    """An amount in đồng; `12 triệu` and `1,5 tỷ` are understood."""

    widget = MoneyTextInput
    kind: Kind = "money"
    default_error_messages = {
        "required": _("Enter an amount in đồng, for example 12000000 or 12 triệu.")
    }


def typed(number: int | Decimal) -> str:
    """A number as text that the strict parser reads back to the same value.

    No grouping, decimal comma. Three decimals would look like grouped thousands
    (`1,234`), so they get a closing zero.
    """
    text = format(Decimal(number), "f")
    if "." not in text:
        return text
    whole, part = text.split(".")
    part = part.rstrip("0")
    if not part:
        return whole
    return f"{whole},{part}0" if len(part) == 3 else f"{whole},{part}"
