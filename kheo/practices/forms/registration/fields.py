"""Fields of the registration form: text that was pasted from anywhere, telephone numbers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kheo.core.rules import numbers, text

FAR_TOO_LONG = 4
"""A text this many times over its limit is refused before it is tidied: tidying costs time."""


class TidyField(forms.CharField):
    """Text, long (several lines) or short (one line), stored composed and without invisible signs.

    Text of old fonts is converted when it is recognised beyond doubt. Too long: the error says how
    long it is and how long it may be.
    """

    default_error_messages = {"long": _("This box holds %(length)s characters; at most %(limit)s fit. Shorten it.")}

    def __init__(self, *, lines: int = 0, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        self.lines = lines
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        super().__init__(strip=True, **kwargs)

    @property
    def max_length(self) -> int | None:
        """Long boxes show how many characters are left; short ones are simply limited."""
        return self.limit if self.lines else None

    @max_length.setter
    def max_length(self, value: int | None) -> None:
        """CharField sets it; the limit of this field is `limit`."""

    def to_python(self, value: Any) -> str:
        """The tidy text; refuses what is far too long before spending time on it."""
        raw = str(value) if value not in self.empty_values else ""
        if len(raw) > FAR_TOO_LONG * self.limit:
            self._refuse(len(raw))
        tidy = text.clean_pasted(raw)
        if not self.lines:
            tidy = text.squeeze(tidy)
        if len(tidy) > self.limit:
            self._refuse(len(tidy))
        return tidy

    def _refuse(self, length: int) -> None:
        raise ValidationError(
            self.error_messages["long"], code="long",
            params={"length": numbers.format_number(length), "limit": numbers.format_number(self.limit)},
        )


class PhoneField(TidyField):
    """A Vietnamese telephone number, stored as digits: 0912345678 (also typed +84 912 345 678)."""

    default_error_messages = {
        "phone": _("“%(value)s” was understood as %(digits)s digits. Enter a number of 10 or 11 digits beginning with 0, for example 0912 345 678."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}))
        super().__init__(limit=30, **kwargs)

    def to_python(self, value: Any) -> str:
        """The digits with the leading 0."""
        typed = super().to_python(value)
        if not typed:
            return ""
        digits = re.sub(r"[\s.\-()]", "", typed)
        digits = re.sub(r"^(\+84|0084)0?", "0", digits)
        if not re.fullmatch(r"0[0-9]{9,10}", digits, re.ASCII):
            count = sum(ch.isdigit() for ch in typed)
            raise ValidationError(self.error_messages["phone"], code="phone", params={"value": typed, "digits": count})
        return digits
