"""Text inputs that bring up the right keyboard and carry the right width."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class _Sized(forms.TextInput):
    """A text input with preset attributes; those given by the form win."""

    preset: dict[str, Any] = {}
    prefix = ""
    suffix: Any = ""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**self.preset, "autocomplete": "off", **(attrs or {})})


class DateTextInput(_Sized):
    """One field for a day, d/m/Y. Three boxes would triple the keystrokes of a clerk."""

    preset = {"class": "govuk-input--width-10 kheo-figures", "inputmode": "text"}


class NumberTextInput(_Sized):
    """A number; text, because the number type of browsers refuses the decimal comma."""

    preset = {"class": "govuk-input--width-10 kheo-figures", "inputmode": "decimal"}


class PercentTextInput(NumberTextInput):
    """A percentage with its sign behind the box."""

    preset = {"class": "govuk-input--width-5 kheo-figures", "inputmode": "decimal"}
    suffix = "%"


class MoneyTextInput(NumberTextInput):
    """Money; the keyboard keeps its letters because `12 triệu` is welcome."""

    preset = {"class": "govuk-input--width-20 kheo-figures", "inputmode": "text"}
    suffix = _("đồng")


class UploadInput(forms.ClearableFileInput):
    """A file field that states what it takes; `kheo.js` warns before a large upload starts.

    `accept` is the list of file name endings, `max_bytes` the size limit of one file.
    """

    def __init__(
        self, *, accept: str = "", max_bytes: int = 0, multiple: bool = False, **attrs: Any
    ) -> None:
        extra: dict[str, Any] = dict(attrs)
        if accept:
            extra["accept"] = accept
        if max_bytes:
            extra["data-max-bytes"] = max_bytes
        # Django hands over a list as soon as several files are allowed, so only then.
        self.allow_multiple_selected = multiple
        super().__init__(extra)
