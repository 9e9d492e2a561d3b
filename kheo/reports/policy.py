"""Who may do what to a report: position × unit × state. Every answer carries its reason."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.organizations.models import Organization
from kheo.reports.models import Report
from kheo.reports.rules.lifecycle import EDITABLE, TRANSITIONS, State

SEEING = (Role.RECEIVER, Role.EVALUATOR, Role.LEADER, Role.EDITOR, Role.AUDITOR, Role.ADMIN)
WRITING = (Role.RECEIVER, Role.LEADER)
TEMPLATES = (Role.RECEIVER, Role.LEADER, Role.ADMIN)
ELSEWHERE = _("Reports of this unit are in the hands of another role or unit than yours.")


def may(user: Any, verb: str, report: Report) -> Verdict:
    """Whether `user` may do `verb` (view, write, check, return, issue, reopen) to a report now."""
    rights = accounts.rights(user)
    step = TRANSITIONS.get(verb)
    roles = SEEING if verb == "view" else step.roles if step else WRITING
    if not rights.holds(roles, report.unit_id):
        return refused(ELSEWHERE)
    sources = step.sources if step else EDITABLE if verb == "write" else None
    if sources is not None and State(report.state) not in sources:
        return refused(_("This is not possible while the report is “%(state)s”.") % {"state": report.get_state_display()})
    return ALLOWED


def may_draft(user: Any, unit: Organization | int) -> Verdict:
    """Whether `user` may begin a report of a unit."""
    number = unit if isinstance(unit, int) else unit.pk
    return ALLOWED if accounts.rights(user).holds(WRITING, number) else refused(ELSEWHERE)


def may_change_templates(user: Any) -> Verdict:
    """Templates are common to the installation: officers, leaders and administrators bring new versions."""
    if accounts.rights(user).has(*TEMPLATES):
        return ALLOWED
    return refused(_("New versions of templates are brought by officers, leaders and administrators."))
