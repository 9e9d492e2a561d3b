"""Who may open surveys and write questionnaires. Answering needs no right: it is anonymous."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused

SURVEYING = (Role.RECEIVER, Role.ONE_STOP, Role.LEADER, Role.ADMIN)
WRITING = (Role.RECEIVER, Role.ADMIN)
SEEING = (*SURVEYING, Role.AUDITOR, Role.EVALUATOR)


def may(user: Any, verb: str, unit_id: int | None = None) -> Verdict:
    """The answer for "open_survey", "close_survey" (with the unit's number) and "write_form"."""
    rights = accounts.rights(user)
    if rights.user_id is None:
        return refused(_("Sign in first."))
    if verb == "write_form":
        return ALLOWED if rights.has(*WRITING) else refused(_("Only an officer or administrator writes questionnaires."))
    if rights.holds(SURVEYING, unit_id):
        return ALLOWED
    return refused(_("Your position does not open surveys about this unit."))
