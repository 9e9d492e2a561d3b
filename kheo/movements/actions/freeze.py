"""Freeze the criteria of a cycle when the first score is given."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.movements import rules
from kheo.movements.models import CriteriaSet, Cycle, CycleCriteria


def freeze(cycle: Cycle, subject: str, *, by: Any) -> CriteriaSet:
    """The criteria set for `subject` in this cycle, frozen from now on (idempotent).

    Raises InvalidInput when the cycle has no criteria for the subject or its points do not add up.
    """
    with transaction.atomic():
        choice = (
            CycleCriteria.objects.select_for_update(of=("self",)).select_related("criteria_set")
            .filter(cycle=cycle, subject=subject).first()
        )
        if choice is None:
            raise InvalidInput(_("The cycle %(cycle)s has no criteria for this kind of subject yet.") % {"cycle": cycle})
        if choice.frozen_at:
            return choice.criteria_set
        chosen = choice.criteria_set
        maxima = list(chosen.criteria.values_list("max_points", flat=True))
        difference = rules.points_problem(maxima, chosen.total)
        if difference is not None:
            raise InvalidInput(
                _("The points of “%(name)s” add up to %(sum)s instead of %(total)s; correct the criteria set first.")
                % {"name": chosen, "sum": chosen.total + difference, "total": chosen.total}
            )
        choice.frozen_at = timezone.now()
        choice.save(update_fields=["frozen_at"])
        if chosen.frozen_at is None:
            chosen.frozen_at = choice.frozen_at
            chosen.save(update_fields=["frozen_at"])
        record.record("movements.freeze_criteria", chosen, by=by, cycle=str(cycle))
    return chosen
