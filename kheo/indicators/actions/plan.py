"""Plans of targets: a document assigns them, later documents revise them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.indicators import policy
from kheo.indicators.models import Indicator, Period, Plan, Target, TargetRevision
from kheo.organizations.models import Organization


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one indicator."""

    comparator: str
    value: Decimal
    upper: Decimal | None = None


def plan(name: str, organ: str, document: Document, unit: Organization, period: Period, *, by: Any, order: int = 100) -> Plan:
    """Record a plan; the same document, area and period again gives the plan there is."""
    require(policy.may(by, "plan", unit.pk))
    if not name.strip():
        raise InvalidInput(_("Give the plan a name."), field="name")
    with transaction.atomic():
        made, new = Plan.objects.get_or_create(
            document=document, unit=unit, period=period,
            defaults={"name": text.squeeze(text.nfc(name)), "organ": text.squeeze(text.nfc(organ)), "order": order},
        )
        if new:
            record.record("indicators.plan", made, by=by, document=str(document))
    return made


def set_target(
    chosen: Plan, indicator: Indicator, wanted: Wanted, *, by: Any, valid_from: date | None = None, document: Document | None = None,
    reason: str = "", order: int = 100,
) -> Target:
    """Set a target, or revise it from a day on by a document with a reason. Former revisions stay."""
    require(policy.may(by, "plan", chosen.unit_id))
    if wanted.comparator == "range" and (wanted.upper is None or wanted.upper < wanted.value):
        raise InvalidInput(_("A range needs an upper end that is not below the lower one."), field="upper")
    with transaction.atomic():
        target, new = Target.objects.get_or_create(plan=chosen, indicator=indicator, defaults={"order": order})
        day = valid_from or (chosen.period.first if new else None)
        if day is None or (not new and (document is None or not reason.strip())):
            raise InvalidInput(_("A revision needs its day, its document and a reason."), field="reason")
        if not new and TargetRevision.objects.filter(target=target, valid_from=day).exists():
            raise InvalidInput(_("This target was revised on that day already."), field="valid_from")
        TargetRevision.objects.create(
            target=target, comparator=wanted.comparator, value=wanted.value, upper=wanted.upper, valid_from=day, document=document,
            reason=text.nfc(reason.strip())[:500],
        )
        record.record("indicators.set_target", target, by=by, comparator=wanted.comparator, value=str(wanted.value), valid_from=str(day))
    return target
