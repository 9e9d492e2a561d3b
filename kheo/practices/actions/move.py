"""The shared core of every transition: lock, check, change, log. Verbs call it; views never do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit import queries as audit
from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.practices import policy, rules
from kheo.practices.models import Practice, Transition


def locked(practice_id: int, *, expected_version: int | None = None) -> Practice:
    """The practice, locked until the transaction ends.

    With `expected_version` (the version on the page the person saw), raises Conflict naming who did
    what meanwhile when the practice has moved on.
    """
    practice = (
        Practice.objects.select_for_update(of=("self",)).select_related("cycle", "field").get(pk=practice_id)
    )
    if expected_version is not None and practice.version != expected_version:
        last = audit.of_object(practice).order_by("id").last()
        who = last.actor_name if last else ""
        when = timezone.localtime(last.at).strftime("%H:%M %d/%m/%Y") if last else ""
        raise Conflict(
            _("%(who)s changed “%(title)s” at %(when)s (it is now “%(state)s”). Look at it again before you act.")
            % {"who": who, "title": practice.title, "when": when, "state": practice.get_state_display()}
        )
    return practice


def lock_all(practices: Iterable[Practice]) -> None:
    """Lock many practices in the order of their numbers before the first of them is changed.

    The first change also takes the end of the audit chain until the transaction ends; whoever asked
    for further rows after that could wait for somebody who waits for the chain.
    """
    numbers = [practice.pk for practice in practices]
    list(Practice.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True))


def move(
    practice: Practice,
    verb: str,
    *,
    by: Any,
    reason: str = "",
    document: Document | None = None,
    details: dict[str, Any] | None = None,
    at: Any = None,
) -> Transition:
    """Carry a locked practice through one transition of rules.TRANSITIONS.

    Checks policy, the demanded reason and decision; changes the state; writes the transition row and
    the audit row. Must run inside the transaction that locked the practice. `at` is for records of
    the past (imports, the demo); everyday steps happen now.
    """
    rule = rules.TRANSITIONS[verb]
    require(policy.may(by, verb, practice))
    reason = reason.strip()
    if rule.reason and not reason:
        raise InvalidInput(_("Write the reason: the other side will read it."), field="reason")
    if rule.decision and document is None:
        raise InvalidInput(_("This step needs the decision: number, date, issuing body and signer."), field="decision")
    moment = at or timezone.now()
    step = Transition(
        practice=practice, verb=verb, from_state=practice.state, to_state=rule.target.value,
        reason=reason, document=document, by=by if getattr(by, "pk", None) else None,
        by_name=str(by)[:200], at=moment,
    )
    practice.state, practice.state_since = rule.target.value, moment
    practice.version += 1
    if rules.State(rule.target) in rules.PUBLIC_STATES and practice.published_at is None:
        practice.published_at = moment
    with transaction.atomic():
        practice.save()
        step.save()
        record.record(
            f"practices.{verb}", practice, by=by,
            **{"from": step.from_state, "to": step.to_state},
            **({"reason": reason} if reason else {}),
            **({"document": str(document)} if document else {}),
            **(details or {}),
        )
    return step
