"""Who may change units: administrators, inside what their position reaches. Others read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core import access
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.organizations.models import Organization

# The code of kheo.accounts.models.Role.ADMIN, which stands above this app.
CHANGING = ("admin",)


def is_system(user: Any) -> bool:
    """The system itself (None: commands and loads) or the technical owner, who sets up the first units."""
    return user is None or (getattr(user, "is_active", False) and getattr(user, "is_superuser", False))


def may(user: Any, units: Iterable[Organization | None]) -> Verdict:
    """Whether the user may change all of these units. A unit without a superior (None) is the owner's."""
    if is_system(user):
        return ALLOWED
    rights = access.rights(user)
    if not rights.has(*CHANGING):
        return refused(_("Only an administrator may change units."))
    for unit in units:
        if unit is None:
            return refused(_("Only the technical owner may enter a unit that belongs to no other unit."))
        if not rights.holds(CHANGING, unit.pk):
            return refused(_("“%(unit)s” lies outside the units that your position covers.") % {"unit": unit})
    return ALLOWED


def may_change_any(user: Any) -> bool:
    """True when the user may change units at all: whether to show the buttons."""
    return is_system(user) or access.rights(user).has(*CHANGING)
