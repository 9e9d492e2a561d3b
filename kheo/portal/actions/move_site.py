"""Give a site another host name."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.portal import policy
from kheo.portal.actions.found_site import host_of
from kheo.portal.queries import identity


def move_site(site: Site, *, host: str, by: Any) -> Site:
    """The site answers under `host` from the next request on, and no longer under its former name. Raises InvalidInput."""
    if by is not None:
        require(policy.may(by, "move_site", site))
    host = host_of(host)
    with transaction.atomic():
        row = Site.objects.select_for_update().get(pk=site.pk)
        if row.hostname == host:
            return row
        if Site.objects.filter(hostname=host, port=row.port).exists():
            raise InvalidInput(_("The host %(host)s belongs to another site already.") % {"host": host}, field="host")
        before, row.hostname = row.hostname, host
        row.save()
        record.record("portal.move_site", row, by=by, before=before, after=host)
    identity.forget()
    return row
