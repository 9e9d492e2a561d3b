"""What an import understood and did, as every import command prints it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kheo.core.spreadsheets.problems import Problem


@dataclass
class Outcome:
    """Rows read, taken in and there already; every problem; the batch's name once something was saved."""

    rows: int = 0
    accepted: int = 0
    unchanged: int = 0
    warnings: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    batch: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The contract of every import command (`--json`)."""
        return {
            "rows": self.rows, "accepted": self.accepted, "unchanged": self.unchanged,
            "warnings": [problem.as_dict() for problem in self.warnings],
            "errors": [problem.as_dict() for problem in self.errors], "batch": self.batch,
        }
