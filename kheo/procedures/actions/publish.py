"""Make a checked batch what people see; the earlier one of the same unit and period steps back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import Conflict
from kheo.core.verdicts import require
from kheo.organizations.models import Organization
from kheo.procedures import policy
from kheo.procedures.actions import sum_up
from kheo.procedures.models import Batch, Publication, ReportingPeriod


def current_batch(unit: Organization, period: ReportingPeriod) -> Batch | None:
    """The batch of a unit and period that is published now."""
    return Batch.objects.filter(unit=unit, period=period, state=Batch.State.PUBLISHED).first()


def publish(batch: Batch, *, by: Any) -> Batch:
    """Publish in one transaction: readers see the earlier figures until it ends, then the new ones.

    Raises Refused, or Conflict when the batch is no longer waiting or somebody else published for
    the same unit and period after this one was checked.
    """
    require(policy.may(by, "publish", batch.unit_id))
    with transaction.atomic():
        # One publication of a period at a time: SQLite has one writer anyway.
        ReportingPeriod.objects.select_for_update().get(pk=batch.period_id)
        fresh = Batch.objects.select_for_update().get(pk=batch.pk)
        if fresh.state != Batch.State.CHECKED:
            raise Conflict(_("This batch is “%(state)s” now and cannot be published.") % {"state": fresh.get_state_display()})
        earlier = current_batch(batch.unit, batch.period)
        if (earlier.pk if earlier else None) != fresh.seen_current:
            raise Conflict(_told(earlier))
        if earlier is not None:
            earlier.state = Batch.State.SUPERSEDED
            earlier.save(update_fields=["state"])
        fresh.state, fresh.supersedes = Batch.State.PUBLISHED, earlier
        fresh.published_at, fresh.published_by_name = timezone.now(), str(by)[:200]
        fresh.save(update_fields=["state", "supersedes", "published_at", "published_by_name"])
        sum_up.sum_up(batch.period_id)
        raise_number()
        record.record(
            "procedures.publish", fresh, by=by, label=f"{batch.unit} {batch.period.code}", sha256=fresh.sha256, rows=fresh.accepted,
            supersedes=earlier.pk if earlier else None,
        )
    return fresh


def raise_number() -> None:
    """Count one more publication; replicas are compared by this number."""
    Publication.objects.get_or_create(pk=1)
    Publication.objects.filter(pk=1).update(number=F("number") + 1, at=timezone.now())


def _told(earlier: Batch | None) -> Any:
    if earlier is None:
        return _("The batch that was published when this one was checked has been taken back. Check the file again.")
    at = timezone.localtime(earlier.published_at) if earlier.published_at else timezone.localtime()
    return _("%(who)s published “%(file)s” for the same unit and period at %(at)s. Look at those figures, then check your file again.") % {
        "who": earlier.published_by_name, "file": earlier.filename, "at": f"{at:%H:%M %d/%m/%Y}"}
