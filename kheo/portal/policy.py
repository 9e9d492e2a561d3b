"""Who may change what the whole site says about itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused


def may(user: Any, verb: str) -> Verdict:
    """`verb` is "identify". Administrators only: the names stand on every page."""
    if accounts.rights(user).has(Role.ADMIN):
        return ALLOWED
    return refused(_("Only an administrator may change the identity of the site."))
