"""Collecting what is wrong, with nothing personal in it and within bounds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.core.spreadsheets.problems import Problem, Severity
from kheo.core.spreadsheets.workbook import shown
from kheo.procedures.rules import personal
from kheo.procedures.rules.labels import FIELD_NAMES

KEPT = 5_000
"""Problems of one severity that are kept with their cells; the others are only counted."""

LONGEST_PARAMETER = 300


@dataclass
class Problems:
    """The problems of one file. Values are quoted without personal data before they are kept."""

    kept: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(
        self, sheet: str, cell: str, key: str, value: Any, message: Any, remedy: Any = "", severity: Severity = "error",
    ) -> None:
        """Keep one problem with words."""
        self._keep(Problem(sheet, cell, FIELD_NAMES.get(key, key), _quoted(value), message=message, remedy=remedy, severity=severity))

    def add_error(self, sheet: str, cell: str, key: str, value: Any, error: InvalidInput) -> None:
        """Keep what a rule found wrong with a cell."""
        params = {name: _quoted(given, LONGEST_PARAMETER) for name, given in error.params.items()}
        clean = InvalidInput(error.message, code=error.code, params=params, remedy=error.remedy)
        self._keep(Problem.from_error(clean, sheet=sheet, cell=cell, value=_quoted(value), field=FIELD_NAMES.get(key, key)))

    def _keep(self, problem: Problem) -> None:
        self.counts[problem.severity] += 1
        if self.counts[problem.severity] <= KEPT:
            self.kept.append(problem)

    def of(self, severity: Severity) -> list[Problem]:
        """The problems of one severity, and one line that counts those that were not kept."""
        found = [problem for problem in self.kept if problem.severity == severity]
        more = self.counts[severity] - len(found)
        if more > 0:
            message = _("And %(count)s more problems of this file.") % {"count": more}
            found.append(Problem("", "", message=message, remedy=_("Correct those above and import the file again."), severity=severity))
        return found


def _quoted(value: Any, limit: int = 60) -> Any:
    if value is None or isinstance(value, int):
        return value
    return shown(value) if isinstance(value, date) else personal.quoted(value, limit)
