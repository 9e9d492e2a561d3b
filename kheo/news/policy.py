"""Who may do what with the news. Inside the tree Wagtail's own permissions say the same by group."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused

EDITING = (Role.EDITOR.value, Role.LEADER.value, Role.ADMIN.value)
PUBLISHING = (Role.LEADER.value, Role.ADMIN.value)


def may(user: Any, verb: str, obj: Any = None) -> Verdict:
    """The answer for "write" and "import" (editors and above) and "publish" (chief editors).

    `user` None is the installation itself: a command or a timed work.
    """
    if user is None or getattr(user, "is_superuser", False):
        return ALLOWED
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return refused(_("Sign in first."))
    roles = PUBLISHING if verb == "publish" else EDITING
    if not accounts.rights(user).has(*roles):
        return refused(_("Only chief editors publish.") if verb == "publish" else _("Only editors do this."))
    if obj is not None and getattr(obj, "pk", None) and hasattr(obj, "permissions_for_user"):
        permissions = obj.permissions_for_user(user)
        if not (permissions.can_publish() if verb == "publish" else permissions.can_edit()):
            return refused(_("This page belongs to a site whose editor you are not."))
    return ALLOWED
