"""Announce that the site will stand still, early enough; take the notice down when it is over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.portal import policy
from kheo.portal.models import PlannedStop
from kheo.portal.queries import identity, sites
from kheo.workdays import queries as workdays
from kheo.workdays import rules
from kheo.workdays.rules import Answer

NOTICE = 7
"""Working days between notice and stop: NĐ 224/2026/NĐ-CP, Điều 13."""


def earliest(site: Site, announced: datetime | None = None) -> Answer:
    """The first day on which a stop announced now may begin, with its working."""
    day = timezone.localdate(announced or timezone.now())
    return rules.add_working_days(day, NOTICE, workdays.calendar_for(sites.unit_of(site), day))


def announce_stop(
    site: Site, *, starts_at: datetime, ends_at: datetime, reason: str, by: Any, reason_en: str = "", urgent_reason: str = "",
) -> PlannedStop:
    """Put the notice on every page of the site from now until the end of the stop.

    Raises InvalidInput when it comes less than seven working days before, unless `urgent_reason`
    says why; the reason is shown and logged.
    """
    require(policy.may_edit(by, site))
    words, why = text.squeeze(text.nfc(reason)), text.squeeze(text.nfc(urgent_reason))
    if not words:
        raise InvalidInput(_("Say why the site stops."), field="reason")
    if ends_at <= starts_at:
        raise InvalidInput(_("The site must be back after it stops."), field="ends_at")
    now = timezone.now()
    if ends_at <= now:
        raise InvalidInput(_("This stop lies in the past."), field="ends_at")
    first = earliest(site, now).end
    if timezone.localdate(starts_at) < first and not why:
        raise InvalidInput(
            _("Announced today, a stop may begin on %(day)s at the earliest (seven working days). Choose a later day, or say why the notice must be shorter.")
            % {"day": format_date(first)},
            field="starts_at",
        )
    with transaction.atomic():
        made = PlannedStop.objects.create(
            site=site, starts_at=starts_at, ends_at=ends_at, reason=words[:300], reason_en=text.squeeze(reason_en)[:300],
            urgent_reason=why[:300], announced_at=now, by_name=str(by)[:200],
        )
        transaction.on_commit(identity.forget)
        record.record("portal.announce_stop", made, by=by, reason=words, start=starts_at.isoformat(), end=ends_at.isoformat())
    return made


def cancel_stop(stop: PlannedStop, *, by: Any) -> None:
    """Take a notice down before its time."""
    require(policy.may_edit(by, stop.site))
    with transaction.atomic():
        PlannedStop.objects.filter(pk=stop.pk).update(over=True)
        transaction.on_commit(identity.forget)
        record.record("portal.cancel_stop", stop, by=by)


def end_stops() -> int:
    """Take down the notices whose time has passed; how many. The write itself renews the kept pages."""
    passed = PlannedStop.objects.filter(over=False, ends_at__lte=timezone.now())
    return passed.update(over=True) if passed.exists() else 0
