"""Who may change reference lists: administrators, for they hold for the whole installation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused

CHANGING = (Role.ADMIN.value,)


def may(user: Any, verb: str) -> Verdict:
    """`verb` is "write_reference"."""
    if verb == "write_reference" and (accounts.rights(user).has(*CHANGING) or getattr(user, "is_superuser", False)):
        return ALLOWED
    return refused(_("Only an administrator changes reference lists; they hold for every unit of this installation."))
