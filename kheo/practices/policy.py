"""Who may do what to a practice: position × unit × state. Every answer carries its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.verdicts import ALLOWED, Verdict, refused
from kheo.practices import rules
from kheo.practices.models import Practice
from kheo.practices.models.practice import StateChoices


@dataclass(frozen=True)
class KeyHolder:
    """Someone without an account who holds the secret address of a registration they sent in."""

    key: UUID
    name: str = ""
    pk: None = None
    is_authenticated: bool = False
    is_active: bool = True

    def __str__(self) -> str:
        return self.name or str(_("The registering side"))


# Verbs that are not transitions: roles that hold them, whether the registering side does,
# and the states in which they make sense (None: any).
RUNNING = frozenset({rules.State.LISTED, rules.State.RUNNING, rules.State.RECOGNIZED, rules.State.EXEMPLARY})
OTHER_VERBS: dict[str, tuple[frozenset[str], bool, frozenset[rules.State] | None]] = {
    "view": (frozenset({Role.RECEIVER, Role.EVALUATOR, Role.LEADER, Role.AUDITOR, Role.EDITOR, Role.ADMIN}), True, None),
    "edit": (frozenset({Role.RECEIVER}), True, rules.EDITABLE_STATES),
    "guide": (frozenset({Role.RECEIVER, Role.LEADER}), False, None),
    "answer": (frozenset(), True, None),
    "report_progress": (frozenset({Role.RECEIVER}), True, RUNNING),
    "add_evidence": (frozenset({Role.RECEIVER}), True, RUNNING | {rules.State.PROPOSED}),
    "remove_evidence": (frozenset({Role.RECEIVER}), True, RUNNING | {rules.State.PROPOSED}),
    "publish_evidence": (frozenset({Role.RECEIVER, Role.EDITOR}), False, None),
    "self_score": (frozenset(), True, frozenset({rules.State.RUNNING})),
    "evaluate": (frozenset({Role.EVALUATOR}), False, frozenset({rules.State.EVALUATING})),
    "replicate": (frozenset({Role.RECEIVER, Role.REGISTRANT}), False, rules.PUBLIC_STATES - {rules.State.STOPPED, rules.State.REVOKED}),
    "carry_over": (frozenset({Role.RECEIVER}), True, rules.RECOGNIZED_STATES | {rules.State.DEFERRED, rules.State.RUNNING}),
    "edit_summary": (frozenset({Role.RECEIVER, Role.EDITOR}), False, rules.PUBLIC_STATES),
}


def is_owner(user: Any, practice: Practice) -> bool:
    """True for the registering side: the one who registered it, a registrant of its unit, or a key holder."""
    if isinstance(user, KeyHolder):
        return user.key == practice.access_key
    rights = accounts.rights(user)
    if rights.user_id is None:
        return False
    if practice.registered_by_id is not None and practice.registered_by_id == rights.user_id:
        return True
    return rights.holds([Role.REGISTRANT], practice.organization_id)


def holds(user: Any, roles: frozenset[str], practice: Practice) -> bool:
    """True when one of the roles reaches the practice's unit or its ward."""
    rights = accounts.rights(user)
    return rights.holds(roles, practice.ward_id) or rights.holds(roles, practice.organization_id)


def may(user: Any, verb: str, practice: Practice) -> Verdict:
    """Whether `user` may do `verb` to `practice` now; the refusal says why in words."""
    transition = rules.TRANSITIONS.get(verb)
    states: frozenset[rules.State] | None
    if transition is not None:
        roles, owner, states = transition.roles, transition.owner, transition.sources
    else:
        roles, owner, states = OTHER_VERBS[verb]
    if not (holds(user, roles, practice) or (owner and is_owner(user, practice)) or _elsewhere(user, verb, roles)):
        return refused(_("This step belongs to another role or another unit than yours."))
    if states is not None and rules.State(practice.state) not in states:
        return refused(
            _("This step is not possible while the practice is “%(state)s”.")
            % {"state": StateChoices(practice.state).label}
        )
    return _further(user, verb, practice)


def _elsewhere(user: Any, verb: str, roles: frozenset[str]) -> bool:
    """Taking a practice over happens in another unit than its own: the role may be held anywhere.

    The action checks the right on the unit that takes it over.
    """
    return verb == "replicate" and accounts.rights(user).has(*roles)


def _further(user: Any, verb: str, practice: Practice) -> Verdict:
    if verb == "evaluate" and scores_own_unit(user, practice):
        return refused(_("You may not score a practice of your own unit."))
    if practice.cycle.closed_at is not None and verb not in {"view", "guide", "answer", "publish_evidence", "edit_summary", "replicate", "carry_over", "revoke"}:
        return refused(_("The cycle %(cycle)s is closed; its records are frozen.") % {"cycle": practice.cycle})
    return ALLOWED


def scores_own_unit(user: Any, practice: Practice) -> bool:
    """True when the practice belongs to, or is led by, a unit where the person works or registers."""
    own = accounts.rights(user).own_units
    if practice.organization_id in own or practice.registered_by_id == getattr(user, "pk", 0):
        return True
    return practice.forces.filter(part="lead", organization_id__in=own).exists()


def verbs_for(user: Any, practice: Practice) -> list[str]:
    """Every verb this user may do to this practice now, transitions first."""
    return [verb for verb in (*rules.TRANSITIONS, *OTHER_VERBS) if may(user, verb, practice)]
