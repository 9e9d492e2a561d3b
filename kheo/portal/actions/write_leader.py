"""Write a leading post with its duties; end it when it passes to somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput, Refused
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.portal import policy
from kheo.portal.models import Leader
from kheo.portal.queries import sites


def write_leader(site: Site, values: Mapping[str, Any], *, by: Any, current: Leader | None = None) -> Leader:
    """Save the post. Its unit must be the site's own or below it. Raises InvalidInput in words."""
    require(policy.may_edit(by, site))
    if current is not None and not sites.belongs(current.unit, site, current.valid_from):
        raise Refused(_("This post belongs to a unit of another site."))
    unit, start, end = values["unit"], values["valid_from"], values.get("valid_to")
    if not sites.belongs(unit, site, start):
        raise InvalidInput(_("“%(unit)s” does not belong to the unit of this site.") % {"unit": unit}, field="unit")
    if end and end <= start:
        raise InvalidInput(_("The end must come after the beginning."), field="valid_to")
    with transaction.atomic():
        made = current or Leader()
        for name, value in values.items():
            setattr(made, name, text.nfc(value).strip() if isinstance(value, str) else value)
        made.save()
        record.record("portal.write_leader", made, by=by, unit=str(unit), valid_from=str(start), valid_to=str(end or ""))
    return made
