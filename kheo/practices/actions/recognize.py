"""Decisions on evaluated practices: recognize a whole list, name exemplary, revoke."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.accounts.models import User
from kheo.core import jobs
from kheo.core.errors import InvalidInput
from kheo.core.models import Job
from kheo.core.rules import numbers
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.movements import queries as movements
from kheo.movements.models import CriteriaSet, CycleCriteria
from kheo.practices import policy
from kheo.practices.actions import move
from kheo.practices.models import Practice, Recognition, ScoreSheet
from kheo.practices.rules import scoring


@dataclass(frozen=True)
class Standing:
    """How an evaluated practice stands: totals, final points and what they allow."""

    practice: Practice
    self_total: Decimal | None
    totals: tuple[Decimal, ...]
    final: Decimal | None
    verdict: str  # open | below | recognized | exemplary
    wide: bool
    least: int = 2  # evaluators the criteria demand


def standing(practice: Practice) -> Standing:
    """The standing by the criteria of the practice's cycle."""
    return _standing(practice, movements.criteria_of(practice.cycle, practice.subject))


def standings(practices: Sequence[Practice]) -> list[Standing]:
    """The standings of many (with their score_sheets prefetched): one query more, whatever their number."""
    chosen = CycleCriteria.objects.select_related("criteria_set").filter(cycle__in={p.cycle_id for p in practices})
    criteria = {(c.cycle_id, c.subject): c.criteria_set for c in chosen}
    return [_standing(p, criteria.get((p.cycle_id, p.subject))) for p in practices]


def _standing(practice: Practice, criteria: CriteriaSet | None) -> Standing:
    sheets = list(practice.score_sheets.all())
    totals = tuple(s.total for s in sheets if s.kind == ScoreSheet.Kind.EVALUATOR)
    own = next((s.total for s in sheets if s.kind == ScoreSheet.Kind.SELF), None)
    if criteria is None:
        return Standing(practice, own, totals, None, "open", False)
    points = scoring.final(totals, least=criteria.minimum_evaluators)
    verdict = scoring.verdict(points, recognized_from=criteria.pass_points, exemplary_from=criteria.exemplary_points)
    return Standing(practice, own, totals, points, verdict, scoring.is_wide(totals), criteria.minimum_evaluators)


def recognize(
    practice: Practice, *, document: Document, by: Any, expected_version: int | None = None, at: datetime | None = None
) -> Practice:
    """Recognize one practice by decision. Refused without enough evaluations or below the threshold."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        require(policy.may(by, "recognize", locked))
        now = standing(locked)
        if now.verdict == "open":
            raise InvalidInput(
                _("“%(title)s” has %(count)s evaluations; at least %(least)s evaluators must have scored it.")
                % {"title": locked.title, "count": len(now.totals), "least": now.least}
            )
        if now.verdict == "below":
            points = numbers.format_number(now.final or Decimal(0))
            raise InvalidInput(
                _("“%(title)s” has %(points)s points, below the threshold; refuse it or move it to next year.") % {"title": locked.title, "points": points}
            )
        move.move(locked, "recognize", by=by, document=document, at=at, details={"points": str(now.final)})
        Recognition.objects.create(practice=locked, decision=document, decided_on=document.issued_on, final_points=now.final)
    return locked


def recognize_many(practices: Sequence[Practice], *, document: Document, by: Any, at: datetime | None = None, job: Job | None = None) -> list[Practice]:
    """Recognize a whole list by one decision: all of them or none.

    `practices` are as the person saw them: when one of them was changed since (its version), Conflict
    names who did what, and nothing is recognized. With `job`, its end is part of the same transaction.
    """
    done: list[Practice] = []
    with transaction.atomic():
        move.lock_all(practices)
        for number, practice in enumerate(sorted(practices, key=lambda p: p.pk), start=1):
            done.append(recognize(practice, document=document, by=by, expected_version=practice.version, at=at))
            if job is not None:
                jobs.report(job, number, len(practices), practice.title)
        if job is not None:
            jobs.complete(job, {"recognized": len(done), "document": str(document)})
    return done


def name_exemplary(
    practice: Practice, *, document: Document, by: Any, expected_version: int | None = None, at: datetime | None = None
) -> Practice:
    """Name a recognized practice exemplary; its points must reach that threshold."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        require(policy.may(by, "name_exemplary", locked))
        recognition = Recognition.objects.select_for_update().get(practice=locked)
        criteria = movements.criteria_of(locked.cycle, locked.subject)
        if criteria and recognition.final_points is not None and recognition.final_points < criteria.exemplary_points:
            raise InvalidInput(
                _("“%(title)s” has %(points)s points; exemplary needs %(least)s.")
                % {"title": locked.title, "points": numbers.format_number(recognition.final_points), "least": numbers.format_number(criteria.exemplary_points)}
            )
        move.move(locked, "name_exemplary", by=by, document=document, at=at)
        recognition.exemplary_decision, recognition.exemplary_on = document, document.issued_on
        recognition.save(update_fields=["exemplary_decision", "exemplary_on"])
    return locked


def revoke(
    practice: Practice, reason: str, *, document: Document, by: Any, expected_version: int | None = None, at: datetime | None = None
) -> Practice:
    """Take a recognition back by decision, with a reason; the public page says so."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, "revoke", by=by, document=document, reason=reason, at=at)
        Recognition.objects.filter(practice=locked).update(revoked_by=document, revoked_on=document.issued_on, revoked_reason=reason.strip())
    return locked


def seen(versions: Mapping[int, int]) -> list[Practice]:
    """The practices with these numbers, each as of the version the person saw."""
    found = list(Practice.objects.filter(pk__in=versions).order_by("pk"))
    for practice in found:
        practice.version = versions[practice.pk]
    return found


@jobs.register("practices.recognize_many")
def run_recognize_many(job: Job) -> dict[str, Any]:
    """Background: recognize the practices of a long list by one decision."""
    by = User.objects.get(pk=job.by_id or 0)
    practices = seen({int(number): int(version) for number, version in job.arguments["practices"]})
    document = Document.objects.get(pk=job.arguments["document"])
    done = recognize_many(practices, document=document, by=by, job=job)
    return {"recognized": len(done), "document": str(document)}
