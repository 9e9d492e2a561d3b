"""Change what the site says about itself: names, responsible editor, how to reach it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Site

from kheo.accounts.actions import sync_groups
from kheo.audit.actions import record
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.portal import policy
from kheo.portal.models import SiteIdentity
from kheo.portal.queries import identity


def identify(values: Mapping[str, Any], *, by: Any, site: Site | None = None) -> SiteIdentity:
    """Write the given fields of a site's row (the first site's when None); unchanged values write
    nothing, not even an audit row."""
    require(policy.may(by, "identify", site))
    with transaction.atomic():
        chosen = SiteIdentity.objects.select_for_update().filter(pk=identity.row(site).pk)
        row = chosen.first() or SiteIdentity(pk=1)
        clean = {name: text.squeeze(text.nfc(str(value))) for name, value in values.items()}
        changed = {name: value for name, value in clean.items() if getattr(row, name) != value}
        if changed or row._state.adding:
            before = {name: getattr(row, name) for name in changed}
            for name, value in changed.items():
                setattr(row, name, value)
            row.save()
            if "name" in changed and row.site_id:
                # Feeds, lists of the editor's side and the groups of its people carry the name too.
                Site.objects.filter(pk=row.site_id).update(site_name=row.name)
                sync_groups.narrow()
            record.record("portal.identify", row, by=by, before=before, after=changed)
            transaction.on_commit(identity.forget)
    return row
