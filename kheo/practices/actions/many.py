"""One step for many practices: a preview that says why each can or cannot, then the step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kheo.accounts import queries as accounts
from kheo.core.errors import DomainError
from kheo.core.messages import describe
from kheo.practices import policy, rules
from kheo.practices.actions import approve, defer, move, open_evaluation, refuse, start
from kheo.practices.models import Practice


@dataclass(frozen=True)
class Many:
    """A verb that may be done to many at once."""

    call: Callable[..., Practice]
    reason: bool = False


VERBS: dict[str, Many] = {
    "approve": Many(approve.approve),
    "start": Many(start.start),
    "open_evaluation": Many(open_evaluation.open_evaluation),
    "refuse": Many(refuse.refuse, reason=True),
    "defer": Many(defer.defer, reason=True),
}


@dataclass(frozen=True)
class Outlook:
    """One practice of the preview: whether it will change, and if not why."""

    practice: Practice
    will: bool
    why: Any


def verbs_for(user: Any) -> list[str]:
    """The bulk verbs that this person's roles hold anywhere."""
    rights = accounts.rights(user)
    return [verb for verb in VERBS if rights.has(*rules.TRANSITIONS[verb].roles)]


def preview(practices: Sequence[Practice], verb: str, *, by: Any) -> list[Outlook]:
    """What the step would do to each."""
    found = []
    for practice in practices:
        verdict = policy.may(by, verb, practice)
        found.append(Outlook(practice, bool(verdict), verdict.reason))
    return found


def carry_out(
    practices: Sequence[Practice], verb: str, *, by: Any, reason: str = "", versions: Mapping[int, int] | None = None
) -> tuple[list[Practice], list[tuple[Practice, str]]]:
    """Do it to those that can, in one transaction; those that cannot are given back with the reason.

    `versions` are those the person saw in the preview: a practice that somebody else moved meanwhile
    is left as it is, with the words of who did what.
    """
    done: list[Practice] = []
    left: list[tuple[Practice, str]] = []
    words = (reason,) if VERBS[verb].reason else ()
    with transaction.atomic():
        move.lock_all(practices)
        for practice in practices:
            try:
                with transaction.atomic():
                    seen = (versions or {}).get(practice.pk)
                    done.append(VERBS[verb].call(practice, *words, by=by, expected_version=seen))
            except DomainError as error:
                left.append((practice, str(describe(error))))
    return done, left
