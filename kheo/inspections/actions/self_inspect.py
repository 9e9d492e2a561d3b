"""A unit inspects itself: the draft is kept while it is written, sending is done once."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.inspections import policy, rules
from kheo.inspections.actions import hold
from kheo.inspections.actions.hold import Minutes
from kheo.inspections.models import Inspection, Plan
from kheo.inspections.queries import coverage
from kheo.organizations.models import Organization

LONGEST_DRAFT = 60_000


def open_self_inspection(plan: Plan, unit: Organization, *, by: Any) -> Inspection:
    """The self-inspection of a unit in a plan, opened when there is none yet."""
    found = Inspection.objects.filter(plan=plan, unit=unit, kind=rules.Kind.SELF).first()
    if found is not None:
        require(policy.may(by, "fill", found))
        return found
    made = Inspection(plan=plan, unit=unit, kind=rules.Kind.SELF, state=rules.State.DRAFT, lead=unit)
    require(policy.may(by, "fill", made))
    today = timezone.localdate()
    if rules.Kind.SELF not in plan.kinds:
        raise InvalidInput(_("The plan does not ask for this kind of check."))
    if today < plan.starts_on:
        raise InvalidInput(_("The plan begins on %(day)s.") % {"day": format_date(plan.starts_on)})
    if unit.pk not in {version.organization_id for version in coverage.active(plan, coverage.as_of(plan, today))}:
        raise InvalidInput(_("The unit is not among the units of this plan."))
    try:
        with transaction.atomic():
            made.save()
            record.record("inspections.open_self_inspection", made, by=by)
    except IntegrityError:  # two devices opened it at the same instant
        return Inspection.objects.get(plan=plan, unit=unit, kind=rules.Kind.SELF)
    return made


def save_draft(check: Inspection, words: dict[str, Any], *, by: Any) -> Inspection:
    """Keep what is written so far. Not logged: a draft is nobody's statement yet."""
    require(policy.may(by, "submit", check))
    if sum(len(str(value)) for value in words.values()) > LONGEST_DRAFT:
        raise InvalidInput(_("The text is too long to be kept as a draft."))
    saved = timezone.now()
    changed = Inspection.objects.filter(pk=check.pk, state__in=[rules.State.DRAFT, rules.State.RETURNED]).update(draft=words, draft_saved_at=saved)
    if changed:
        check.draft, check.draft_saved_at = words, saved
    return check


def submit(check: Inspection, minutes: Minutes, *, by: Any, at: Any = None) -> Inspection:
    """Send the self-inspection. Sending again after it arrived gives the same receipt and changes nothing."""
    with transaction.atomic():
        locked = Inspection.objects.select_for_update().get(pk=check.pk)
        if locked.receipt_number and locked.state in (rules.State.SUBMITTED, rules.State.CONCLUDED):
            require(policy.may(by, "fill", locked))
            return locked
        require(policy.may(by, "submit", locked))
        hold.write(locked, minutes)
        locked.state, locked.draft, locked.remark = rules.State.SUBMITTED, {}, ""
        locked.submitted_at, locked.submitted_by_name = at or timezone.now(), str(by)[:150]
        locked.receipt_number = locked.receipt_number or f"TKT-{locked.plan.cycle.code}-{locked.pk:06d}"
        locked.save()
        record.record("inspections.submit", locked, by=by, on=minutes.held_on, code=locked.receipt_number)
    return locked
