"""Remind units whose self-inspection or check is missing: once per rule and date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.inspections import policy, rules
from kheo.inspections.actions import notify
from kheo.inspections.models import Plan, Reminder
from kheo.inspections.queries import coverage

FORGOTTEN_AFTER = timedelta(days=60)  # a plan that ended longer ago is history: nobody is reminded


def remind_due(day: date | None = None) -> int:
    """What `kheo run-due` calls: every plan's rules whose date has come; how many reminders were written."""
    today = day or timezone.localdate()
    plans = Plan.objects.filter(starts_on__lte=today, ends_on__gte=today - FORGOTTEN_AFTER, cycle__closed_at__isnull=True)
    return sum(_remind(plan, today, by=None) for plan in plans)


def remind(plan: Plan, *, by: Any) -> int:
    """An officer has the rules of one plan looked at now; the same rule is still not sent twice."""
    require(policy.may(by, "remind", plan))
    return _remind(plan, timezone.localdate(), by=by)


def _remind(plan: Plan, today: date, *, by: Any) -> int:
    written = 0
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        sent: dict[int, set[int]] = {}
        for unit_id, rule, rule_date in plan.reminders.values_list("unit_id", "days_before", "rule_date"):
            if rule_date == plan.ends_on - timedelta(days=rule):  # a plan whose last day moved reminds anew
                sent.setdefault(unit_id, set()).add(rule)
        for row in coverage.board(plan, today).rows:
            if not row.missing:
                continue
            unit_id = row.version.organization_id
            due = rules.reminders_due(plan.ends_on, plan.remind_before, sent.get(unit_id, set()), today)
            if due:
                people = notify.remind_unit(plan, row.version.organization, _("A check of your unit is still missing"), _missing(row, plan))
                Reminder.objects.bulk_create(
                    Reminder(plan=plan, unit_id=unit_id, days_before=rule, rule_date=plan.ends_on - timedelta(days=rule), sent_at=timezone.now(), people=people)
                    for rule in due
                )
                written += len(due)
        if written:
            record.record("inspections.remind", plan, by=by, total=written)
    return written


def _missing(row: coverage.Row, plan: Plan) -> str:
    kinds = ", ".join(str(kind) for kind in row.missing)
    return _now("%(unit)s: %(kinds)s, by %(day)s.") % {"unit": row.version.name, "kinds": kinds, "day": format_date(plan.ends_on)}
