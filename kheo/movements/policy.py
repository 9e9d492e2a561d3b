"""Who may set up movements: officers and administrators of the movement's area."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.movements.models import Movement
from kheo.organizations.models import Organization

MANAGING = (Role.RECEIVER, Role.ADMIN)
DECIDING = (Role.LEADER, Role.ADMIN)
LAUNCHING = (Role.LEADER, Role.ADMIN)


def may(user: Any, verb: str, about: Movement | Organization) -> Verdict:
    """`verb` is "manage" (cycles, milestones, criteria) or "close" (freeze a whole cycle) of a movement,
    or "launch" (a movement itself and its fields) in a unit's area.
    """
    rights = accounts.rights(user)
    if isinstance(about, Organization):
        if rights.holds(LAUNCHING, about.pk):
            return ALLOWED
        return refused(_("Only a leader or administrator of the area may launch a movement there or change its fields."))
    movement = about
    roles = DECIDING if verb == "close" else MANAGING
    if rights.holds(roles, movement.area_id):
        return ALLOWED
    if verb == "close":
        return refused(_("Only a leader or administrator of the movement's area may close or reopen a cycle."))
    return refused(_("Only an officer or administrator of the movement's area may change its set-up."))
