"""What is wrong with one cell, in words, and what to do about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kheo.core import messages
from kheo.core.errors import DomainError

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one cell (``cell`` is an address, empty for a whole row or sheet).

    Give a ``code`` with ``params`` known to :mod:`kheo.core.messages`, or a ready ``message``
    (a lazy translation is fine) with an optional ``remedy``.
    """

    sheet: str
    cell: str
    field: str = ""
    value: object = ""
    code: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    message: object = ""
    remedy: object = ""
    severity: Severity = "error"

    @classmethod
    def from_error(
        cls,
        error: DomainError,
        *,
        sheet: str,
        cell: str,
        value: object = "",
        field: str = "",
        severity: Severity = "error",
    ) -> Problem:
        """Return the problem that an error of a rule means for this cell."""
        return cls(
            sheet=sheet,
            cell=cell,
            field=field or error.field or "",
            value=value,
            code=error.code,
            params=error.params,
            message=error.message,
            remedy=error.remedy,
            severity=severity,
        )

    @property
    def text(self) -> str:
        """What is wrong, in the reader's language."""
        return messages.message(self._error())

    @property
    def advice(self) -> str:
        """What to do, in the reader's language; may be empty."""
        return messages.remedy(self._error())

    @property
    def words(self) -> str:
        """What is wrong and what to do, in one line."""
        return messages.describe(self._error())

    def _error(self) -> DomainError:
        return DomainError(self.message, code=self.code, params=self.params, remedy=self.remedy)

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as the import commands print it."""
        value = self.value
        kept = value if isinstance(value, int | float | bool) or value is None else str(value)
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "field": self.field,
            "value": kept[:200] if isinstance(kept, str) else kept,
            "message": self.words,
        }
