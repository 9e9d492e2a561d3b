"""Who reads the audit log: auditors and administrators, all of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core import access
from kheo.core.verdicts import ALLOWED, Verdict, refused

# Codes of kheo.accounts.models.Role, which stands above this app.
READING = ("auditor", "admin")


def may_read(user: Any) -> Verdict:
    """Whether the user may read, export and check the log. None is the system itself."""
    if user is None or (getattr(user, "is_active", False) and getattr(user, "is_superuser", False)):
        return ALLOWED
    if access.rights(user).has(*READING):
        return ALLOWED
    return refused(_("Only auditors and administrators read the audit log."))
