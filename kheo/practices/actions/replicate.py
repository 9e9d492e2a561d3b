"""Open a draft of another unit that takes a practice over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import refused, require
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices import policy, rules
from kheo.practices.actions import draft, write
from kheo.practices.models import Practice
from kheo.practices.queries import boxes
from kheo.practices.rules.registration import RegistrationData


def replicate(parent: Practice, *, cycle: Cycle, organization: Organization, adaptation: str, by: Any) -> Practice:
    """A draft for `organization` with the boxes of `parent`, linked to it, for the unit to complete.

    `adaptation` says what is done differently there (demanded). Refused for the parent's own unit,
    for a unit the person has no rights on, while the parent is not listed, and when the unit takes
    it over in this cycle already.
    """
    require(policy.may(by, "replicate", parent))
    if not accounts.rights(by).holds([Role.RECEIVER, Role.REGISTRANT], organization.pk):
        require(refused(_("You may replicate it for units that you register or receive for; this unit is not among them.")))
    if organization.pk == parent.organization_id:
        raise InvalidInput(_("This unit carries out the original itself. Replication means that another unit takes it over."), field="organization")
    if not adaptation.strip():
        raise InvalidInput(_("Write what is adapted to the new place, or that it is taken over as it is."), field="adaptation")
    with transaction.atomic():
        if parent.replicas.filter(cycle=cycle, organization=organization).exclude(state=rules.State.WITHDRAWN).exists():
            raise InvalidInput(_("%(unit)s takes this practice over in %(cycle)s already.") % {"unit": organization, "cycle": cycle}, field="organization")
        made = draft.open_draft(cycle, by=by, organization=organization, parent=parent)
        write.write(made, _copy(parent, organization, adaptation.strip()))
        record.record("practices.replicate", made, by=by, parent=parent.pk, unit=str(organization))
    return made


def _copy(parent: Practice, organization: Organization, adaptation: str) -> RegistrationData:
    """The parent's boxes without what belongs to its place and time: people, dates, ward."""
    return replace(
        boxes.data_of(parent), organization=organization.pk, organization_text="", ward=None, stage=Practice.Stage.NEW.value,
        parent=parent.pk, adaptation=adaptation, contact_name="", contact_phone="", contact_email="", areas=(),
        forces=(), starts_on=None, ends_on=None, review_on=None, area_text="",
    )
