"""Points: the unit's own and those of at least two evaluators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import numbers, text
from kheo.core.verdicts import require
from kheo.movements.actions import freeze
from kheo.movements.models import CriteriaSet
from kheo.practices import policy
from kheo.practices.actions import move
from kheo.practices.models import Practice, Score, ScoreSheet
from kheo.practices.rules import scoring

FAULTS = {
    "missing": _("“%(name)s” must be scored; 0 is a score, an empty box is not."),
    "out_of_range": _("“%(name)s”: points from 0 to %(most)s, not %(given)s."),
    "off_step": _("“%(name)s”: %(given)s is not a multiple of the step %(step)s."),
    "unknown": _("A criterion does not belong to the criteria of this cycle."),
}


def self_score(
    practice: Practice, points: Mapping[int, Decimal | None], *, by: Any, remarks: Mapping[int, str] | None = None, remark: str = "", at: datetime | None = None
) -> ScoreSheet:
    """The registering side scores itself against the frozen criteria; scoring again replaces it."""
    return _score(practice, "self_score", ScoreSheet.Kind.SELF, points, by=by, remarks=remarks or {}, remark=remark, at=at)


def evaluate(
    practice: Practice, points: Mapping[int, Decimal | None], *, by: Any, remarks: Mapping[int, str] | None = None, remark: str = "", at: datetime | None = None
) -> ScoreSheet:
    """One evaluator's sheet. Nobody scores an own unit; scoring again replaces the own sheet only."""
    return _score(practice, "evaluate", ScoreSheet.Kind.EVALUATOR, points, by=by, remarks=remarks or {}, remark=remark, at=at)


def limits(criteria_set: CriteriaSet) -> list[scoring.Limit]:
    """The criteria of a set as the rules read them."""
    return [scoring.Limit(c.pk, c.name, c.max_points, c.step, c.required) for c in criteria_set.criteria.all()]


def _score(
    practice: Practice, verb: str, kind: str, points: Mapping[int, Decimal | None], *, by: Any, remarks: Mapping[int, str], remark: str, at: datetime | None
) -> ScoreSheet:
    with transaction.atomic():
        locked = move.locked(practice.pk)
        require(policy.may(by, verb, locked))
        criteria = freeze.freeze(locked.cycle, locked.subject, by=by)
        _refuse_faults(points, criteria)
        mine = {"scorer": by} if kind == ScoreSheet.Kind.EVALUATOR else {}
        ScoreSheet.objects.filter(practice=locked, kind=kind, **mine).delete()
        sheet = ScoreSheet.objects.create(
            practice=locked, kind=kind, criteria_set=criteria, scorer=by if getattr(by, "pk", None) else None, scorer_name=str(by)[:200],
            remark=text.nfc(remark).strip(), total=scoring.total(points), submitted_at=at or timezone.now(),
        )
        Score.objects.bulk_create(
            Score(sheet=sheet, criterion_id=number, points=given, remark=text.nfc(remarks.get(number, "")).strip()[:500])
            for number, given in points.items() if given is not None
        )
        record.record(f"practices.{verb}", locked, by=by, total=str(sheet.total))
    return sheet


def _refuse_faults(points: Mapping[int, Decimal | None], criteria: CriteriaSet) -> None:
    known = {limit.criterion: limit for limit in limits(criteria)}
    for fault in scoring.faults(points, list(known.values())):
        limit = known.get(fault.criterion)
        given = points.get(fault.criterion)
        words = {
            "name": limit.name if limit else "",
            "most": numbers.format_number(limit.most) if limit else "",
            "step": numbers.format_number(limit.step) if limit else "",
            "given": numbers.format_number(given) if given is not None else "–",
        }
        raise InvalidInput(FAULTS[fault.code] % words, field=f"points-{fault.criterion}")
