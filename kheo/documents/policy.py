"""Who may read and register official documents."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core import access
from kheo.core.verdicts import ALLOWED, Verdict, refused

# Codes of kheo.accounts.models.Role, which stands above this app.
REGISTERING = ("receiver", "leader", "editor", "admin")
PUBLISHING = ("leader", "editor", "admin")
READING = (*REGISTERING, "registrant", "evaluator", "one_stop", "auditor")
ROLES = {"register": REGISTERING, "publish": PUBLISHING}


def may(user: Any, verb: str) -> Verdict:
    """Whether the user may "register", "publish" or "view" documents. None is the system itself (commands, loads)."""
    if user is None or getattr(user, "is_superuser", False):
        return ALLOWED
    if access.rights(user).has(*ROLES.get(verb, READING)):
        return ALLOWED
    if verb == "publish":
        return refused(_("Only leaders, editors and administrators decide what is public."))
    return refused(_("Only officers, leaders, editors and administrators register official documents."))
