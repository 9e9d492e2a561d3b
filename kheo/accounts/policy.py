"""Who may manage people: administrators inside the reach of their own positions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries
from kheo.accounts.models import Position, Role, User
from kheo.core.verdicts import ALLOWED, Verdict, refused

MANAGING = (Role.ADMIN.value,)


def may(user: Any, verb: str, obj: Any = None) -> Verdict:
    """The answer for "open", "grant" and "end" (obj: a position, saved or not), "reset", "close",
    "reopen" and "see" (obj: a person), "set_rules" (no obj).

    The technical owner of the installation (superuser) may do all of it; it is how the first
    administrator of a unit gets a position.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return refused(_("Sign in first."))
    return _RULES[verb](user, obj)


def _grant(user: Any, position: Position) -> Verdict:
    if user.is_superuser:
        return ALLOWED
    if position.user_id is not None and position.user_id == user.pk:
        return refused(_("Nobody gives a position to themselves. Ask another administrator."))
    if not queries.rights(user).holds(MANAGING, position.organization_id):
        return refused(_("You may give and end positions only in units that your position as administrator reaches."))
    return ALLOWED


def _end(user: Any, position: Position) -> Verdict:
    if user.is_superuser:
        return ALLOWED
    if not queries.rights(user).holds(MANAGING, position.organization_id):
        return refused(_("You may give and end positions only in units that your position as administrator reaches."))
    if position.role == Role.ADMIN and position.valid_to is None and not queries.other_admins(position):
        return refused(_("This is the last administrator of the unit. Give the position to somebody else first."))
    return ALLOWED


def _see(user: Any, person: User) -> Verdict:
    if queries.visible_to(user).filter(pk=person.pk).exists():
        return ALLOWED
    return refused(_("This person holds no position in your units."))


def _whole_person(user: Any, person: User) -> Verdict:
    """What concerns the whole account: all positions in force must lie within reach."""
    if user.is_superuser:
        return ALLOWED
    units = queries.rights(user).units(MANAGING)
    if not units or person.is_superuser:
        return refused(_("You do not administer this account."))
    if any(position.organization_id not in units for position in queries.positions_of(person)):
        return refused(_("This person also holds a position outside your units. Ask the administrator of the unit above."))
    return _see(user, person)


def _close(user: Any, person: User) -> Verdict:
    if user.pk == person.pk:
        return refused(_("You cannot close your own account."))
    for position in queries.positions_of(person):
        if not user.is_superuser and position.role == Role.ADMIN and not queries.other_admins(position):
            return refused(_("This is the last administrator of the unit. Give the position to somebody else first."))
    return _whole_person(user, person)


def _reset(user: Any, person: User) -> Verdict:
    if user.pk == person.pk:
        return refused(_("Change your own password and second step in your profile."))
    return _whole_person(user, person)


def _set_rules(user: Any, _obj: Any) -> Verdict:
    if user.is_superuser or queries.rights(user).has(*MANAGING):
        return ALLOWED
    return refused(_("Only an administrator sets the rules of sign-in."))


_RULES: dict[str, Callable[[Any, Any], Verdict]] = {
    "open": _grant, "grant": _grant, "end": _end, "see": _see, "close": _close, "reopen": _whole_person,
    "reset": _reset, "set_rules": _set_rules,
}
