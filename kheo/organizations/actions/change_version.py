"""Give a unit a new name, code or superior unit from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core import access
from kheo.core.errors import InvalidInput
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.organizations import policy
from kheo.organizations.actions import write_version
from kheo.organizations.models import Organization, OrganizationVersion

CHANGEABLE = frozenset({"name", "short_name", "name_en", "code", "kind", "parent", "address"})


def change_version(
    organization: Organization, on: date, *, by: Any, basis: Document | None = None, **changes: Any
) -> OrganizationVersion:
    """Close the version in force and open the next one on `on` with the changes (CHANGEABLE).

    What was stays as it was for every earlier day. Raises Refused, and InvalidInput when a later
    change is recorded already, nothing changes, or the result contradicts other units.
    """
    refuse_unknown(changes, CHANGEABLE)
    require(policy.may(by, [organization, *([changes["parent"]] if changes.get("parent") else [])]))
    with transaction.atomic():
        unit = Organization.objects.select_for_update().get(pk=organization.pk)
        before, after = replace_version(unit, on, basis=basis, **changes)
        access.forget(by)
        record.record(
            "organizations.change_version", unit, by=by, label=after.name, on=on.isoformat(),
            changes=differences(before, after), basis=str(basis or ""),
        )
    return after


def replace_version(
    unit: Organization, on: date, *, basis: Document | None = None, **changes: Any
) -> tuple[OrganizationVersion, OrganizationVersion]:
    """The rows of a change, without policy and audit: the closed and the new version."""
    before = write_version.current(unit, on)
    if before.valid_to == on:
        raise InvalidInput(
            _("“%(unit)s” already ends or changes on %(day)s.") % {"unit": before.name, "day": format_date(on)}, field="on"
        )
    later = unit.versions.filter(valid_from__gte=on).order_by("valid_from").first()
    if later is not None:
        raise InvalidInput(
            _("A later change is recorded already: “%(name)s” from %(day)s. Choose a later date.")
            % {"name": later.name, "day": format_date(later.valid_from)}, field="on",
        )
    if "name" in changes and "short_name" not in changes:
        changes["short_name"] = ""
    wanted = write_version.data_of(before, start=on, end=before.valid_to, basis=basis, start_checked=True, **changes)
    write_version.close(before, on)
    after = write_version.add(unit, wanted)
    if not differences(before, after):
        raise InvalidInput(_("Nothing would change. Write a new name, code, kind or superior unit."))
    return before, after


def refuse_unknown(changes: dict[str, Any], allowed: frozenset[str]) -> None:
    """A misspelt field is a programming error, not something to ignore."""
    unknown = set(changes) - allowed
    if unknown:
        raise TypeError(f"unknown changes: {', '.join(sorted(unknown))}")


def differences(before: OrganizationVersion, after: OrganizationVersion) -> dict[str, list[str]]:
    """Field → [old, new] for the log, as texts."""
    return {
        field: [str(getattr(before, field) or ""), str(getattr(after, field) or "")]
        for field in sorted(CHANGEABLE)
        if _plain(before, field) != _plain(after, field)
    }


def _plain(version: OrganizationVersion, field: str) -> Any:
    return getattr(version, f"{field}_id") if field in ("kind", "parent") else getattr(version, field)
