"""Carry a practice into the next cycle, as one that is kept up."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.movements import queries as movements
from kheo.movements.models import Cycle
from kheo.practices import policy
from kheo.practices.actions import draft, write
from kheo.practices.models import Practice
from kheo.practices.queries.boxes import data_of


def carry_over(practice: Practice, *, by: Any, cycle: Cycle | None = None) -> Practice:
    """Open a draft in the next cycle with the same boxes, marked as already running.

    The unit looks it through and sends it itself, so the new year's figures are its own.
    """
    require(policy.may(by, "carry_over", practice))
    target = cycle or movements.next_cycle(practice.cycle)
    if target is None:
        raise InvalidInput(_("There is no next cycle yet; create it first."))
    existing = practice.continued_by.filter(cycle=target).exclude(state="withdrawn").first()
    if existing is not None:
        return existing
    with transaction.atomic():
        made = draft.open_draft(target, by=by, organization=practice.organization)
        made.continues, made.parent, made.registered_by = practice, practice.parent, practice.registered_by
        write.write(made, data_of(practice))
        made.stage = Practice.Stage.CONTINUED
        made.starts_on, made.ends_on, made.review_on = target.starts_on, target.ends_on, None
        made.save()
        record.record("practices.carry_over", made, by=by, continues=practice.pk, title=practice.title)
    return made
