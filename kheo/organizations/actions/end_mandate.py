"""End a duty of a unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.organizations import policy
from kheo.organizations.models import Mandate


def end_mandate(mandate: Mandate, on: date, *, by: Any) -> Mandate:
    """The duty ends: `on` is the first day the unit no longer holds it."""
    require(policy.may(by, [mandate.area]))
    with transaction.atomic():
        locked = Mandate.objects.select_for_update(of=("self",)).select_related("organization", "area").get(pk=mandate.pk)
        if locked.valid_to is not None and locked.valid_to <= on:
            raise InvalidInput(_("This duty ended already on %(day)s.") % {"day": format_date(locked.valid_to)}, field="on")
        if on <= locked.valid_from:
            raise InvalidInput(_("The duty begins on %(day)s; it cannot end before.") % {"day": format_date(locked.valid_from)}, field="on")
        locked.valid_to = on
        locked.save(update_fields=["valid_to"])
        record.record("organizations.end_mandate", locked.organization, by=by, function=locked.function, area=str(locked.area), on=on.isoformat())
    return locked
