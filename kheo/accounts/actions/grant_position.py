"""Give a person a position: a role in a unit for a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.accounts import policy, rules
from kheo.accounts.models import Position, Role, User
from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.organizations.models import Organization


def grant_position(
    user: User, *, role: Role, organization: Organization, valid_from: date, by: Any,
    valid_to: date | None = None, works_at: Organization | None = None, title: str = "", acting: bool = False,
) -> Position:
    """The position holds from `valid_from` until the day before `valid_to` (None: open).

    Refused: outside the reach of `by`, to oneself, an empty span, and the same role in the same
    unit twice at one time.
    """
    position = Position(
        user=user, role=role, organization=organization, works_at=works_at, title=text.squeeze(text.nfc(title))[:150],
        acting=acting, valid_from=valid_from, valid_to=valid_to,
    )
    require(policy.may(by, "grant", position))
    if valid_to is not None and valid_to <= valid_from:
        raise InvalidInput(_("The position would end before it begins. Check both days."), field="valid_to")
    with transaction.atomic():
        # The row of the person is the lock: two administrators cannot give the same position twice.
        User.objects.select_for_update().get(pk=user.pk)
        _refuse_double(position)
        position.save()
        record.record(
            "accounts.grant_position", user, by=by, role=str(role.value), unit=str(organization), organization=organization.pk,
            valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat() if valid_to else None, position=position.pk,
        )
    return position


def _refuse_double(position: Position) -> None:
    same = Position.objects.filter(
        user_id=position.user_id, role=position.role, organization_id=position.organization_id
    )
    for other in same:
        empty = other.valid_to is not None and other.valid_to <= other.valid_from
        if not empty and rules.overlap((position.valid_from, position.valid_to), (other.valid_from, other.valid_to)):
            raise InvalidInput(
                _("This person already holds this role in this unit from %(day)s.") % {"day": format_date(other.valid_from)},
                field="role",
            )
