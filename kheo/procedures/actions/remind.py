"""Remind the one-stop office that nothing has come for the month that ended: once for each month."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role, User
from kheo.audit.actions import record
from kheo.core import letters
from kheo.procedures.actions import open_period
from kheo.procedures.models import ReportingPeriod
from kheo.procedures.queries import waiting


def remind_due(day: date | None = None) -> int:
    """What `kheo run-due` calls: a letter to each person of the one-stop office in whose units nothing
    was published for the last month, once its day has passed; how many letters."""
    today = day or timezone.localdate()
    people = User.objects.filter(pk__in=accounts.in_force(today).filter(role=Role.ONE_STOP).values("user"), is_active=True).exclude(email="")
    late = [(person, found) for person in people if (found := waiting.missing(person, today)) is not None and today > found.due]
    if not late:
        return 0
    last = today.replace(day=1) - timedelta(days=1)
    with transaction.atomic():
        period = open_period.open_period(f"{last:%Y-%m}", by=None)
        # Claimed before anything is sent: a second run on any day of the month sends nothing.
        if not ReportingPeriod.objects.filter(pk=period.pk, reminded_at=None).update(reminded_at=timezone.now()):
            return 0
        for person, found in late:
            _tell(person, last, found.newest)
        record.record("procedures.remind", period, by=None, label=period.code, total=len(late))
    return len(late)


def _tell(person: User, last: date, newest: date | None) -> None:
    with translation.override(person.language):
        month = f"{last:%m/%Y}"
        reach = _("The newest published figures reach to %(day)s.") % {"day": f"{newest:%d/%m/%Y}"} if newest else _("Nothing was published so far.")
        words = _("No results of procedures have been published for %(month)s. The front page says so to everybody.") % {"month": month}
        subject = _("Results of procedures for %(month)s are missing") % {"month": month}
        letters.send(person.email, subject, [f"{words} {reach}"], path=reverse("procedures_desk:index"), about=f"results of {month}")
