"""The errors of the domain: what went wrong, in which field, and what to do.

This module knows no Django, so plain rules may raise from it. A rule gives a ``code`` and its
``params``; :mod:`kheo.core.messages` turns them into words in the reader's language. Code that
already has words (a lazy translation is fine) passes them as ``message``.
"""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """Something the user can understand and act upon; never a programming error.

    ``message`` and ``remedy`` may be lazy translations: turn them into text with ``str`` (or
    with :func:`kheo.core.messages.describe`) only when they are shown.
    """

    def __init__(
        self,
        message: object = "",
        *,
        code: str = "",
        params: Mapping[str, object] | None = None,
        field: str | None = None,
        remedy: object = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.params: dict[str, object] = dict(params or {})
        self.field = field
        self.remedy = remedy

    def __str__(self) -> str:
        return str(self.message) or f"{self.code} {self.params}"


class Refused(DomainError):
    """The policy said no: this person may not do this, now, to this."""


class Conflict(DomainError):
    """Someone else acted first; the params say who did what and when."""


class InvalidInput(DomainError):
    """The input cannot be understood, or is understood and not acceptable."""
