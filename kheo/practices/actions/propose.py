"""Propose a running practice for recognition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.movements import queries as movements
from kheo.movements import rules as movement_rules
from kheo.movements.models import Milestone
from kheo.practices.actions import move
from kheo.practices.models import Practice, ScoreSheet


def propose(practice: Practice, *, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """Needs a self-score, evidence, and the least months of running that the criteria demand."""
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        problem = lacks(locked, at=at)
        if problem:
            raise InvalidInput(problem)
        move.move(locked, "propose", by=by, at=at)
    return locked


def lacks(practice: Practice, *, at: datetime | None = None) -> Any:
    """What still lacks for a proposal, in words; empty when nothing does."""
    if not practice.score_sheets.filter(kind=ScoreSheet.Kind.SELF).exists():
        return _("Score the practice yourself first.")
    if not practice.evidence.exists():
        return _("Add at least one photo or file as evidence first.")
    day = timezone.localtime(at).date() if at else timezone.localdate()
    criteria = movements.criteria_of(practice.cycle, practice.subject)
    if criteria and practice.starts_on and movement_rules.months_between(practice.starts_on, day) < criteria.minimum_months:
        return _("It must have run for at least %(months)s months.") % {"months": criteria.minimum_months}
    if movements.window(practice.cycle, Milestone.Kind.SELF_SCORE, day) == movement_rules.Window.LOCKED:
        return _("Proposals for %(cycle)s are closed.") % {"cycle": practice.cycle}
    return ""
