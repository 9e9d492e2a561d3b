"""Who may do what with results of procedures. Every answer carries its reason."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused

ROLES: dict[str, frozenset[str]] = {
    "import": frozenset({Role.ONE_STOP}),
    "publish": frozenset({Role.ONE_STOP, Role.LEADER}),
    "view": frozenset({Role.ONE_STOP, Role.LEADER, Role.AUDITOR, Role.EDITOR, Role.ADMIN}),
    "score": frozenset({Role.ONE_STOP, Role.LEADER}),
    "set_up": frozenset({Role.ONE_STOP, Role.ADMIN}),
}


def may(user: Any, verb: str, unit_id: int | None = None) -> Verdict:
    """Whether `user` may do `verb` for a unit; `set_up` (catalogue, labels) needs the role anywhere.

    The owner of the installation, who runs the command line, may do everything.
    """
    if getattr(user, "is_superuser", False):
        return ALLOWED
    rights, roles = accounts.rights(user), ROLES[verb]
    held = rights.has(*roles) if verb == "set_up" or unit_id is None else rights.holds(roles, unit_id)
    return ALLOWED if held else refused(_("This step belongs to another role or another unit than yours."))
