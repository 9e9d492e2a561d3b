"""Take a reorganization back, as long as nothing was written on its outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core import access, search
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import ALLOWED, Verdict, refused, require
from kheo.organizations import dependents, policy, queries
from kheo.organizations.actions import write_version
from kheo.organizations.models import (
    Mandate,
    Organization,
    OrganizationVersion,
    Reorganization,
    Succession,
)


def undo(reorganization: Reorganization, *, by: Any) -> Reorganization:
    """Reopen what was closed and remove what was created; the row stays, marked as undone.

    Raises Refused when the person may not change these units, and InvalidInput that names what
    depends on the outcome.
    """
    with transaction.atomic():
        locked = Reorganization.objects.select_for_update().get(pk=reorganization.pk)
        if locked.undone_at is not None:
            raise Conflict(_("This reorganization was undone already on %(day)s.") % {"day": format_date(timezone.localtime(locked.undone_at).date())})
        units = _units(locked)
        list(Organization.objects.select_for_update().filter(pk__in=units).order_by("pk"))
        require(policy.may(by, _agreeing(locked)))
        standing = hindrances(locked)
        if standing:
            raise InvalidInput(
                _("It can no longer be undone, because records depend on it: %(what)s. Carry out a new reorganization instead.")
                % {"what": "; ".join(standing)}
            )
        _take_back(locked)
        locked.undone_at = timezone.now()
        locked.save(update_fields=["undone_at"])
        access.forget(by)
        record.record("organizations.undo", locked, by=by, label=str(locked), decision=str(locked.decision))
    return locked


def may_undo(reorganization: Reorganization, *, by: Any) -> Verdict:
    """Whether it can still be undone by this person; the reason in words when not."""
    if reorganization.undone_at is not None:
        return refused(_("It was undone already."))
    verdict = policy.may(by, _agreeing(reorganization))
    if not verdict:
        return verdict
    standing = hindrances(reorganization)
    return refused("; ".join(standing)) if standing else ALLOWED


def hindrances(reorganization: Reorganization) -> list[str]:
    """What was written on the outcome since, in words; empty while it can be undone."""
    steps = reorganization.steps
    new_units = frozenset(steps["units"])
    found = [f"{count.label}: {count.number}" for count in dependents.since(_units(reorganization), steps["marks"])]
    later = _later_changes(reorganization, new_units)
    return found + later


def _later_changes(reorganization: Reorganization, new_units: frozenset[int]) -> list[str]:
    """Changes of the units themselves that came afterwards."""
    steps = reorganization.steps
    own = set(steps["versions"])
    touched = _units(reorganization)
    found = []
    for version in OrganizationVersion.objects.filter(organization_id__in=touched, pk__gt=steps["last_version"]).exclude(pk__in=own):
        found.append(_now("later change of “%(unit)s”") % {"unit": version.name})
    for version in OrganizationVersion.objects.filter(parent_id__in=new_units).exclude(pk__in=own).select_related("parent"):
        found.append(_now("unit below: “%(unit)s”") % {"unit": version.name})
    for version in OrganizationVersion.objects.filter(pk__in=own, valid_to__isnull=False):
        found.append(_now("“%(unit)s” ended or changed since") % {"unit": version.name})
    for succession in Succession.objects.filter(predecessor_id__in=new_units).select_related("successor"):
        found.append(_now("passed on to “%(unit)s”") % {"unit": queries.name_on(succession.successor)})
    for succession in Succession.objects.filter(successor_id__in=new_units).exclude(pk__in=steps["successions"]).select_related("predecessor"):
        found.append(_now("also took over from “%(unit)s”") % {"unit": queries.name_on(succession.predecessor)})
    for mandate in Mandate.objects.filter(organization_id__in=new_units) | Mandate.objects.filter(area_id__in=new_units):
        found.append(_now("duty “%(duty)s”") % {"duty": mandate.function})
    return list(dict.fromkeys(found))


def _units(reorganization: Reorganization) -> frozenset[int]:
    """Units that came out of it: new ones, changed ones, existing successors."""
    plan = reorganization.steps["plan"]
    existing = [s["existing"] for s in plan["successors"] if s["existing"] is not None]
    return frozenset([*reorganization.steps["units"], *reorganization.steps["units_changed"], *existing])


def _agreeing(reorganization: Reorganization) -> list[Organization | None]:
    return list(Organization.objects.filter(pk__in=reorganization.steps["plan"]["predecessors"]))


def _take_back(reorganization: Reorganization) -> None:
    steps = reorganization.steps
    Succession.objects.filter(pk__in=steps["successions"]).delete()
    OrganizationVersion.objects.filter(pk__in=steps["versions"]).delete()
    Organization.objects.filter(pk__in=steps["units"]).delete()
    for pk, end in steps["closed"]:
        OrganizationVersion.objects.filter(pk=pk).update(valid_to=_day(end))
    reopened = OrganizationVersion.objects.filter(pk__in=[pk for pk, _end in steps["closed"]])
    search.touch("unit", reopened.values_list("organization", flat=True))
    for version in reopened.select_related("organization", "kind", "parent", "basis"):
        write_version.check(version.organization, write_version.data_of(version), ignore=version.pk)
    for pk, end in steps["mandates"]:
        Mandate.objects.filter(pk=pk).update(valid_to=_day(end))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
