"""Who may change what a site says about itself, its sections and its notices."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.organizations.models import Organization
from kheo.portal.models import SiteIdentity

EDITING = (Role.EDITOR, Role.ADMIN)


def may(user: Any, verb: str, site: Site | None = None, *, unit: Organization | None = None) -> Verdict:
    """`verb` is "identify" or "move_site" (of `site`; the first site when None), or "found_site" (for `unit`, or at all).

    Administrators only: the names stand on every page. A site that speaks for a unit is changed by
    administrators whose position reaches that unit, and founded by them.
    """
    rights = accounts.rights(user)
    if verb == "found_site":
        if getattr(user, "is_superuser", False) or (rights.holds((Role.ADMIN,), unit.pk) if unit else rights.has(Role.ADMIN)):
            return ALLOWED
        return refused(_("Only an administrator of the unit, or of a body above it, founds its site."))
    if verb in ("identify", "move_site") and _reaches(rights, (Role.ADMIN,), site):
        return ALLOWED
    return refused(_("Only an administrator may change the identity of the site."))


def may_edit(user: Any, site: Site) -> Verdict:
    """Sections, leaders and notices of a site: editors and administrators of its unit."""
    if _reaches(accounts.rights(user), EDITING, site):
        return ALLOWED
    return refused(_("Only editors and administrators of the site's unit may change its pages."))


def _reaches(rights: Any, roles: tuple[Any, ...], site: Site | None) -> bool:
    unit = SiteIdentity.objects.filter(site=site).values_list("unit", flat=True).first() if site else None
    return bool(rights.holds(roles, unit) if unit else rights.has(*roles))
