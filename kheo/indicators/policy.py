"""Who may define, enter, plan and approve. The system itself (None) and the command line's owner may all."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused

R = Role
ROLES: dict[str, tuple[str, ...]] = {
    "view": (R.RECEIVER, R.EVALUATOR, R.LEADER, R.EDITOR, R.AUDITOR, R.ADMIN, R.REGISTRANT),
    "define": (R.RECEIVER, R.ADMIN),
    "enter": (R.RECEIVER, R.REGISTRANT),
    "plan": (R.RECEIVER, R.LEADER),
    "collect": (R.RECEIVER,),
    "submit": (R.RECEIVER, R.REGISTRANT),
    "extend": (R.RECEIVER, R.LEADER),
    "reopen": (R.LEADER, R.RECEIVER),
}


def is_system(by: Any) -> bool:
    """True for the system itself and for the technical owner."""
    return by is None or bool(getattr(by, "is_superuser", False))


def may(user: Any, verb: str, unit: int | None = None) -> Verdict:
    """Whether `user` may do `verb` for a unit (None: anywhere, for what belongs to no unit)."""
    if is_system(user):
        return ALLOWED
    return may_as(user, ROLES[verb], unit)


def may_as(user: Any, roles: tuple[str, ...], unit: int | None) -> Verdict:
    """Whether one of these roles reaches the unit; levels of approval bring their own role."""
    if is_system(user):
        return ALLOWED
    rights = accounts.rights(user)
    if (rights.has(*roles) if unit is None else rights.holds(roles, unit)):
        return ALLOWED
    return refused(_("These figures belong to another role or another unit than yours."))
