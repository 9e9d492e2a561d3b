"""Correct what is written wrongly about a unit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.organizations import policy
from kheo.organizations.actions import change_version, write_version
from kheo.organizations.models import OrganizationVersion

CORRECTABLE = change_version.CHANGEABLE | {"basis", "start_checked"}


def correct_version(version: OrganizationVersion, *, by: Any, reason: str, **changes: Any) -> OrganizationVersion:
    """Correct a typing error in a version (CORRECTABLE, no dates). The reason goes into the log.

    For a change that happened on a day use change_version: a correction rewrites what is shown for the past.
    """
    change_version.refuse_unknown(changes, CORRECTABLE)
    require(policy.may(by, [version.organization, *([changes["parent"]] if changes.get("parent") else [])]))
    if not reason.strip():
        raise InvalidInput(_("Write why this is a correction."), field="reason")
    with transaction.atomic():
        locked = OrganizationVersion.objects.select_for_update(of=("self",)).select_related("kind", "parent", "basis").get(pk=version.pk)
        old = OrganizationVersion.objects.select_related("kind", "parent").get(pk=version.pk)
        if "name" in changes and "short_name" not in changes:
            changes["short_name"] = ""
        data = write_version.tidied(write_version.data_of(locked, **changes))
        write_version.check(locked.organization, data, ignore=locked.pk)
        write_version.fill(locked, data)
        locked.save()
        record.record(
            "organizations.correct_version", locked.organization, by=by, label=locked.name,
            changes=change_version.differences(old, locked), reason=reason.strip(),
        )
    return locked
