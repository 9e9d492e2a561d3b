"""Who may set up movements: officers and administrators of the movement's area."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.movements.models import Movement

MANAGING = (Role.RECEIVER, Role.ADMIN)
DECIDING = (Role.LEADER, Role.ADMIN)


def may(user: Any, verb: str, movement: Movement) -> Verdict:
    """`verb` is "manage" (cycles, milestones, criteria) or "close" (freeze a whole cycle)."""
    rights = accounts.rights(user)
    roles = DECIDING if verb == "close" else MANAGING
    if rights.holds(roles, movement.area_id):
        return ALLOWED
    if verb == "close":
        return refused(_("Only a leader or administrator of the movement's area may close or reopen a cycle."))
    return refused(_("Only an officer or administrator of the movement's area may change its set-up."))
