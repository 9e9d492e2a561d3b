"""Who may change where the counter begins and what is added to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused

VERBS = {"set_opening": (Role.ADMIN,), "import_log": (Role.ADMIN,), "import_days": (Role.ADMIN,), "view": (
    Role.ADMIN, Role.EDITOR, Role.LEADER, Role.AUDITOR,
)}  # fmt: skip


def may(user: Any, verb: str, obj: Any = None) -> Verdict:
    """Administrators change; editors, leaders and auditors look. None is the machine's own command line."""
    if user is None:
        return ALLOWED
    if accounts.rights(user).has(*VERBS[verb]):
        return ALLOWED
    return refused(_("Only an administrator may change the counter of visits."))
