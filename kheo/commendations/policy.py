"""Who may commend and who may record consent."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.organizations.models import Organization

ROLES = {
    "commend": (Role.LEADER, Role.RECEIVER),
    "withdraw": (Role.LEADER,),
    "record_consent": (Role.LEADER, Role.RECEIVER),
    "print": (Role.LEADER, Role.RECEIVER),
    "view": (Role.LEADER, Role.RECEIVER, Role.AUDITOR, Role.ADMIN, Role.EDITOR),
}


def may(user: Any, verb: str, unit: Organization | int) -> Verdict:
    """Whether `user` may do `verb` for commendations of the area `unit`."""
    number = unit if isinstance(unit, int) else unit.pk
    if accounts.rights(user).holds(ROLES[verb], number):
        return ALLOWED
    return refused(_("Commendations of this area are in the hands of another role or unit than yours."))
