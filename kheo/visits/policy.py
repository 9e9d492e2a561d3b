"""Who may change where the counter begins and what is added to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.accounts import queries as accounts
from kheo.accounts import sources
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused

VERBS = {"set_opening": (Role.ADMIN,), "import_log": (Role.ADMIN,), "import_days": (Role.ADMIN,), "view": (
    Role.ADMIN, Role.EDITOR, Role.LEADER, Role.AUDITOR,
)}  # fmt: skip


def _unit_of(site: int | None) -> int | None:
    """The unit a site speaks for; None while nobody has said so, or there is one site only."""
    root = Site.objects.filter(pk=site).values_list("root_page", flat=True).first() if site else None
    return next((tree.unit_id for tree in sources.sites() if tree.page_id == root), None) if root else None


def may(user: Any, verb: str, site: int | None = None) -> Verdict:
    """Administrators change; editors, leaders and auditors look: of a site that speaks for a unit, those whose
    position reaches that unit. None is the machine's own command line."""
    if user is None:
        return ALLOWED
    rights, unit = accounts.rights(user), _unit_of(site)
    if rights.holds(VERBS[verb], unit) if unit else rights.has(*VERBS[verb]):
        return ALLOWED
    if unit:
        return refused(_("Only administrators of the site's unit change its counter."))
    return refused(_("Only an administrator may change the counter of visits."))
