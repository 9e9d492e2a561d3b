"""Compute the score of a unit and period, and keep everything it was computed from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.organizations.models import Organization
from kheo.procedures import policy
from kheo.procedures.actions.prepare import as_of_for
from kheo.procedures.models import ReportingPeriod, Score, ScoreInput
from kheo.procedures.queries import scores
from kheo.procedures.rules import scoring


def compute_score(unit: Organization, period: ReportingPeriod, *, by: Any) -> Score:
    """Count all items anew; earlier scores stay. Raises InvalidInput without a formula in force."""
    require(policy.may(by, "score", unit.pk))
    formula = scores.formula_for(period)
    if formula is None:
        raise InvalidInput(_("No version of the indicator set is in force for the period %(period)s.") % {"period": period.code})
    items, given, origins = scores.given(formula, unit, period)
    found = scoring.score(items, given)
    with transaction.atomic():
        made = Score.objects.create(
            unit=unit, period=period, formula=formula, points=found.points, most=found.most, as_of=as_of_for(period), by_name=str(by)[:200],
            at=timezone.now(), log={"formula": formula.code, "lines": [line.as_dict() | {"origin": origins.get(line.item.code, "")} for line in found.lines]},
        )
        record.record("procedures.score", made, by=by, label=f"{unit} {period.code}", points=str(found.points), most=str(found.most))
    return made


def enter_input(unit: Organization, period: ReportingPeriod, item: str, numerator: Decimal, denominator: Decimal, source: str, *, by: Any) -> ScoreInput:
    """Write what an officer counted for one item. Raises InvalidInput when more than the whole is counted."""
    require(policy.may(by, "score", unit.pk))
    if not 0 <= numerator <= denominator:
        raise InvalidInput(_("The part %(part)s must lie between 0 and the whole %(whole)s.") % {"part": numerator, "whole": denominator}, field="numerator")
    with transaction.atomic():
        made, _made = ScoreInput.objects.update_or_create(
            unit=unit, period=period, item=item,
            defaults={"numerator": numerator, "denominator": denominator, "source": source[:200], "by_name": str(by)[:200], "at": timezone.now()},
        )
        record.record("procedures.enter_input", made, by=by, item=item, numerator=str(numerator), denominator=str(denominator))
    return made
