"""Write a criteria set, or a new version of one. A frozen version is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.movements import policy, rules
from kheo.movements.models import CriteriaSet, Criterion, Movement


@dataclass(frozen=True)
class Line:
    """One criterion as written on the form."""

    name: str
    max_points: Decimal
    step: Decimal = Decimal("0.5")
    required: bool = True
    guidance: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Header:
    """The set itself as written on the form."""

    name: str
    subject: str
    total: Decimal
    pass_points: Decimal
    exemplary_points: Decimal
    minimum_months: int
    minimum_evaluators: int
    valid_from: date
    basis: Document | None = None


def write_criteria(
    movement: Movement, header: Header, lines: Sequence[Line], *, by: Any, current: CriteriaSet | None = None
) -> CriteriaSet:
    """Save the set and its lines. Changing a frozen set makes the next version instead.

    Checks Σ max = total, thresholds in order, at least two evaluators, steps that divide the points.
    """
    require(policy.may(by, "manage", movement))
    _check(header, lines)
    values = {name: getattr(header, name) for name in header.__dataclass_fields__}
    with transaction.atomic():
        if current is not None and current.frozen_at is None:
            made = CriteriaSet.objects.select_for_update().get(pk=current.pk)
            for name, value in values.items():
                setattr(made, name, value)
            made.save()
            made.criteria.all().delete()
        else:
            last = movement.criteria_sets.filter(subject=header.subject).aggregate(n=Max("version"))["n"] or 0
            made = CriteriaSet.objects.create(movement=movement, version=last + 1, **values)
        Criterion.objects.bulk_create(
            Criterion(criteria_set=made, order=order, **vars(line)) for order, line in enumerate(lines, start=1)
        )
        record.record("movements.write_criteria", made, by=by, version=made.version, criteria=len(lines))
    return made


def _check(header: Header, lines: Sequence[Line]) -> None:
    if not lines:
        raise InvalidInput(_("Write at least one criterion."), field="lines")
    difference = rules.points_problem([line.max_points for line in lines], header.total)
    if difference is not None:
        raise InvalidInput(
            _("The most points of the criteria add up to %(sum)s, but the total is %(total)s.")
            % {"sum": header.total + difference, "total": header.total}, field="total",
        )
    if not 0 < header.pass_points <= header.exemplary_points <= header.total:
        raise InvalidInput(_("The thresholds must run in order: recognized, exemplary, total."), field="pass_points")
    if header.minimum_evaluators < 2:
        raise InvalidInput(_("At least two people must evaluate."), field="minimum_evaluators")
    for line in lines:
        if line.max_points <= 0 or line.step <= 0 or rules.step_problem(line.max_points, line.step):
            raise InvalidInput(
                _("“%(name)s”: the most points must be a positive multiple of the step.") % {"name": line.name}, field="lines"
            )
