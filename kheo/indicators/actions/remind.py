"""Remind units that have not sent their figures: once for each rule and date, also when the timer was down."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.audit.actions import record
from kheo.core import letters
from kheo.core.rules import dates
from kheo.indicators import policy
from kheo.indicators.models import Reminder, Round, Submission
from kheo.indicators.queries import rounds as queries
from kheo.indicators.rules import rounds as rules


def remind_due(day: date | None = None) -> int:
    """What `kheo run-due` calls: how many submissions were reminded."""
    today = day or timezone.localdate()
    still_open = Q(locks_on__gte=today) | Q(submissions__extended_to__gte=today)
    running = Round.objects.filter(still_open, opens_on__lte=today).distinct()
    return sum(_remind(around, today) for around in running)


def _remind(around: Round, today: date) -> int:
    written = 0
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=around.pk)
        open_ones = around.submissions.filter(state__in=rules.EDITABLE).select_related("unit", "round")
        for submission in open_ones:
            if queries.closed_why(submission, today):
                continue  # locked, and nobody has given more time
            days = rules.due_reminders(list(around.reminder_days), submission.extended_to or around.on_time_by, today)
            for rule_day in days:
                if rule_day < around.opens_on:
                    continue
                row, new = Reminder.objects.get_or_create(submission=submission, rule_day=rule_day, defaults={"at": timezone.now()})
                if new:
                    row.people = _tell(submission, around)
                    row.save(update_fields=["people"])
                    written += 1
        if written:
            record.record("indicators.remind", around, by=None, total=written)
    return written


def _tell(submission: Submission, around: Round) -> int:
    sent = 0
    path = reverse("indicators_desk:submission", args=[submission.pk])
    for person in accounts.people_with(policy.ROLES["submit"], submission.unit_id):
        if not person.email:
            continue
        with translation.override(person.language):
            subject = _("Figures still missing: %(round)s") % {"round": around.name}
            words = _("%(unit)s has not sent its figures. On time until %(day)s.") % {
                "unit": submission.unit, "day": dates.format_date(submission.extended_to or around.on_time_by),
            }
            letters.send(person.email, subject, [words], path=path, about=f"submission {submission.pk}")
        sent += 1
    return sent
