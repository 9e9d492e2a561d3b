"""Self-score with evidence, evaluation by others, result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules.numbers import format_number
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.inspections import policy, rules
from kheo.inspections.models import (
    Assessment,
    AssessmentScore,
    Evaluation,
    EvaluationScore,
    Programme,
    Scheme,
    SchemeCriterion,
)
from kheo.inspections.queries import coverage
from kheo.organizations.models import Organization


@dataclass(frozen=True)
class Points:
    """Points for one criterion, with evidence (the unit) or the reason for a difference (an evaluator)."""

    points: Decimal | None
    words: str = ""


def open_assessment(programme: Programme, unit: Organization, first: date, last: date, *, by: Any) -> Assessment:
    """The assessment of a unit for a period, with the scheme in force on its first day.

    A programme that began within the period is scored from its beginning.
    """
    first = max(first, programme.starts_on)
    found = Assessment.objects.filter(programme=programme, unit=unit, period_from=first).first()
    if found is not None:
        return found
    scheme = programme.schemes.filter(valid_from__lte=first).order_by("-valid_from", "-version").first()
    if scheme is None:
        raise InvalidInput(_("No scoring scheme is in force on the first day of the period."), field="period")
    if unit.pk not in {version.organization_id for version in coverage.active(programme, min(last, timezone.localdate()))}:
        raise InvalidInput(_("The unit is not among the units of this programme on that day."), field="unit")
    made = Assessment(programme=programme, scheme=scheme, unit=unit, period_from=first, period_to=last)
    require(policy.may(by, "self_score", made))
    try:
        with transaction.atomic():
            made.save()
            Scheme.objects.filter(pk=scheme.pk, frozen_at__isnull=True).update(frozen_at=timezone.now())
            AssessmentScore.objects.bulk_create(AssessmentScore(assessment=made, criterion=c) for c in scheme.criteria.all())
            record.record("inspections.open_assessment", made, by=by, period_from=first, period_to=last)
    except IntegrityError:  # two devices opened it at the same instant
        return Assessment.objects.get(programme=programme, unit=unit, period_from=first)
    return made


def save_self_score(assessment: Assessment, given: Mapping[int, Points], *, by: Any) -> Assessment:
    """Keep what the unit has scored so far (by number of the criterion); nothing needs to be complete."""
    with transaction.atomic():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        require(policy.may(by, "self_score", locked))
        for row in locked.scores.select_related("criterion"):
            if row.criterion_id in given:
                written = given[row.criterion_id]
                _fit(row.criterion, written.points)
                row.points, row.evidence = written.points, written.words.strip()
                row.save(update_fields=["points", "evidence"])
    return locked


def submit(assessment: Assessment, given: Mapping[int, Points], *, by: Any) -> Assessment:
    """Send the self-score: every criterion has points, and evidence where they are above 0.

    Sending again after it arrived gives the same receipt and changes nothing.
    """
    with transaction.atomic():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        if locked.receipt_number and locked.state in (Assessment.State.SUBMITTED, Assessment.State.CONCLUDED):
            return locked
        save_self_score(locked, given, by=by)
        attached = set(locked.attachments.values_list("criterion_id", flat=True))
        rows = list(locked.scores.select_related("criterion"))
        for row in rows:
            if row.points is None:
                raise InvalidInput(_("“%(name)s” has no points yet.") % {"name": row.criterion.name}, field=f"points-{row.criterion_id}")
            if row.points > 0 and not row.evidence and row.criterion_id not in attached:
                raise InvalidInput(_("“%(name)s”: points need evidence, in words or as a file.") % {"name": row.criterion.name}, field=f"words-{row.criterion_id}")
        locked.self_total = sum((row.points for row in rows if row.points is not None), Decimal(0))
        locked.state, locked.submitted_at, locked.submitted_by_name = Assessment.State.SUBMITTED, timezone.now(), str(by)[:150]
        locked.receipt_number = locked.receipt_number or f"TCD-{locked.period_from.year}-{locked.pk:06d}"
        locked.save()
        record.record("inspections.submit_self_score", locked, by=by, total=str(locked.self_total), code=locked.receipt_number)
    return locked


def return_(assessment: Assessment, *, remark: str, by: Any) -> Assessment:
    """Return a self-score for completion; sheets that evaluators wrote are taken away with it."""
    if not remark.strip():
        raise InvalidInput(_("Write what is to be completed: the unit will read it."), field="remark")
    with transaction.atomic():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        require(policy.may(by, "conclude_assessment", locked))
        locked.evaluations.all().delete()
        locked.state, locked.remark = Assessment.State.RETURNED, remark.strip()
        locked.save(update_fields=["state", "remark"])
        record.record("inspections.return_self_score", locked, by=by, reason=locked.remark)
    return locked


def evaluate(assessment: Assessment, given: Mapping[int, Points], *, by: Any, remark: str = "") -> Evaluation:
    """One evaluator's sheet; writing it again replaces the own one. A difference needs its reason."""
    with transaction.atomic():
        locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
        require(policy.may(by, "evaluate", locked))
        rows = list(locked.scores.select_related("criterion"))
        for row in rows:
            written = given.get(row.criterion_id)
            if written is None or written.points is None:
                raise InvalidInput(_("“%(name)s” has no points yet.") % {"name": row.criterion.name}, field=f"points-{row.criterion_id}")
            _fit(row.criterion, written.points)
            if written.points != row.points and not written.words.strip():
                raise InvalidInput(
                    _("“%(name)s”: write why the points differ from the unit's own.") % {"name": row.criterion.name}, field=f"words-{row.criterion_id}"
                )
        sheet, _new = Evaluation.objects.update_or_create(
            assessment=locked, evaluator=by, defaults={"evaluator_name": str(by)[:150], "at": timezone.now(), "remark": remark.strip()}
        )
        sheet.scores.all().delete()
        EvaluationScore.objects.bulk_create(
            EvaluationScore(evaluation=sheet, criterion=row.criterion, points=given[row.criterion_id].points or Decimal(0), reason=given[row.criterion_id].words.strip()[:400])
            for row in rows
        )
        record.record("inspections.evaluate", locked, by=by, total=str(sum((given[row.criterion_id].points or Decimal(0)) for row in rows)))
    return sheet


def conclude(assessment: Assessment, *, by: Any, document: Document | None = None) -> Assessment:
    """Fix the result: the mean of the sheets for each criterion, the total and its grade."""
    with transaction.atomic():
        locked = Assessment.objects.select_for_update().select_related("scheme").get(pk=assessment.pk)
        require(policy.may(by, "conclude_assessment", locked))
        sheets = list(locked.evaluations.prefetch_related("scores"))
        if len(sheets) < locked.scheme.minimum_evaluators:
            raise InvalidInput(
                _("%(done)s of at least %(least)s evaluations are there.") % {"done": len(sheets), "least": locked.scheme.minimum_evaluators}
            )
        total = Decimal(0)
        for row in locked.scores.all():
            row.final = rules.final_points([s.points for sheet in sheets for s in sheet.scores.all() if s.criterion_id == row.criterion_id])
            row.save(update_fields=["final"])
            total += row.final or Decimal(0)
        grades = [(Decimal(least), name) for least, name in locked.scheme.grades]
        locked.final_total, locked.grade, locked.document = total, rules.grade(total, grades), document
        locked.state, locked.concluded_at = Assessment.State.CONCLUDED, timezone.now()
        locked.save()
        record.record("inspections.conclude_assessment", locked, by=by, total=str(total), document=str(document or ""))
    return locked


def _fit(criterion: SchemeCriterion, points: Decimal | None) -> None:
    if points is None:
        return
    fault = rules.points_fault(points, criterion.max_points, criterion.step)
    if fault:
        raise InvalidInput(
            _("“%(name)s”: %(points)s does not fit; from 0 to %(most)s in steps of %(step)s.")
            % {"name": criterion.name, "points": format_number(points), "most": format_number(criterion.max_points), "step": format_number(criterion.step)},
            field=f"points-{criterion.pk}",
        )
