"""Who may change the working calendar. Four eyes: nobody decides what they proposed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core import access
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.workdays.models import Decided, State

# Codes of kheo.accounts.models.Role, which stands above this app.
PROPOSING = ("receiver", "one_stop", "leader", "admin")
DECIDING = ("receiver", "leader", "admin")
VIEWING = (*PROPOSING, "evaluator", "editor", "auditor")


def may(user: Any, verb: str, obj: Decided | int | None = None) -> Verdict:
    """The answer for "propose" (obj: number of the unit, 0 for the whole country), "decide", "reject"
    and "withdraw" (obj: the row) and "recompute"."""
    rights = access.rights(user)
    if verb == "propose":
        return _propose(rights, obj if isinstance(obj, int) else 0)
    if verb == "recompute":
        return ALLOWED if rights.has(*DECIDING) else refused(_("Only an officer, leader or administrator has dates computed anew."))
    assert isinstance(obj, Decided)
    return _close(user, rights, verb, obj)


def _propose(rights: access.Rights, unit_id: int) -> Verdict:
    if not rights.has(*PROPOSING):
        return refused(_("Only officers, leaders and administrators propose days of the calendar."))
    if unit_id and not rights.holds(PROPOSING, unit_id):
        return refused(_("You may propose days only for the whole country and for units your position reaches."))
    return ALLOWED


def _close(user: Any, rights: access.Rights, verb: str, row: Decided) -> Verdict:
    if verb == "withdraw" and row.state == State.PROPOSED and row.proposed_by_id == user.pk:
        return ALLOWED
    if not rights.has(*DECIDING):
        return refused(_("Only an officer, leader or administrator decides on days of the calendar."))
    if row.unit_id and not rights.holds(DECIDING, row.unit_id):
        return refused(_("Your position does not reach the unit this holds for."))
    if verb in ("decide", "reject") and row.proposed_by_id == user.pk:
        return refused(_("You proposed this yourself; another person must decide (four eyes)."))
    if verb == "withdraw" and row.decided_by_id == user.pk:
        return refused(_("You decided this yourself; another person must withdraw it (four eyes)."))
    return ALLOWED
