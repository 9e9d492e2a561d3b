"""Scores side by side: the unit's own, each evaluator's, their mean and difference."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.movements import queries as movements
from kheo.practices import policy
from kheo.practices.models import Practice, ScoreSheet
from kheo.practices.rules import State, scoring

FAR = 5
"""A difference of one fifth of a criterion's points is marked, so that people talk about it."""


@dataclass(frozen=True)
class Line:
    """One criterion over all sheets that may be seen."""

    name: str
    most: Decimal
    own: Decimal | None
    given: list[Decimal | None]
    mean: Decimal | None
    difference: Decimal | None
    remarks: list[str]

    @property
    def stands_out(self) -> bool:
        """True when evaluators and the unit differ by a fifth of the points or more."""
        return self.difference is not None and abs(self.difference) * FAR >= self.most


@dataclass(frozen=True)
class SideBySide:
    """The table of scores; `hidden` evaluators' sheets are not shown yet."""

    lines: list[Line] = field(default_factory=list)
    evaluators: list[str] = field(default_factory=list)
    own_total: Decimal | None = None
    totals: list[Decimal] = field(default_factory=list)
    final: Decimal | None = None
    hidden: int = 0

    def __bool__(self) -> bool:
        return bool(self.lines)


def side_by_side(practice: Practice, user: Any) -> SideBySide:
    """What this user may see of the scores.

    While the evaluation runs, an evaluator sees others' points only after giving own ones, and the
    registering side sees none but its own.
    """
    sheets = list(practice.score_sheets.prefetch_related("scores").select_related("scorer"))
    criteria = movements.criteria_of(practice.cycle, practice.subject)
    if not sheets or criteria is None:
        return SideBySide()
    own = next((s for s in sheets if s.kind == ScoreSheet.Kind.SELF), None)
    given = [s for s in sheets if s.kind == ScoreSheet.Kind.EVALUATOR]
    seen = [s for s in given if _sees(practice, user, given, s)]
    points = [{x.criterion_id: x for x in s.scores.all()} for s in seen]
    mine = {x.criterion_id: x.points for x in own.scores.all()} if own else {}
    means = scoring.mean_by_criterion([{n: x.points for n, x in sheet.items()} for sheet in points])
    lines = [
        Line(
            c.name, c.max_points, mine.get(c.pk), [p[c.pk].points if c.pk in p else None for p in points], means.get(c.pk),
            means[c.pk] - mine[c.pk] if c.pk in means and c.pk in mine else None,
            [p[c.pk].remark for p in points if c.pk in p and p[c.pk].remark],
        )
        for c in criteria.criteria.all()
    ]
    totals = [s.total for s in seen]
    final = scoring.final(totals, least=criteria.minimum_evaluators) if len(seen) == len(given) else None
    return SideBySide(lines, [s.scorer_name for s in seen], own.total if own else None, totals, final, len(given) - len(seen))


def _sees(practice: Practice, user: Any, given: list[ScoreSheet], sheet: ScoreSheet) -> bool:
    if practice.state != State.EVALUATING or sheet.scorer_id == getattr(user, "pk", None):
        return True
    if policy.holds(user, frozenset({Role.LEADER, Role.AUDITOR}), practice):
        return True
    if accounts.rights(user).has(Role.EVALUATOR):
        return any(s.scorer_id == user.pk for s in given)
    return policy.holds(user, frozenset({Role.RECEIVER}), practice)
