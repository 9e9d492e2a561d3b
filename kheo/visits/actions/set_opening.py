"""Say with how many page views counting began: the total of an older counter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.visits import policy
from kheo.visits.models import Opening

MOST = 10**15


def set_opening(*, site: int, total: int, on: date, note: str = "", by: Any) -> Opening:
    """`total` page views stood on the counter at the beginning of day `on`; days from `on` are added.

    One balance per site and day; setting it again corrects it. InvalidInput when the total is
    negative or larger than a counter can be.
    """
    require(policy.may(by, "set_opening", site))
    if not 0 <= total <= MOST:
        raise InvalidInput(_("The total must lie between 0 and 1.000.000.000.000.000."), field="total")
    with transaction.atomic():
        before = Opening.objects.select_for_update().filter(site=site, on=on).first()
        opening, made = Opening.objects.update_or_create(site=site, on=on, defaults={"total": total, "note": note[:300]})
        if made or before is None or (before.total, before.note) != (opening.total, opening.note):
            record.record(
                "visits.set_opening", opening, by=by, on=on.isoformat(), total=total,
                before=before.total if before else None,
            )
    return opening
