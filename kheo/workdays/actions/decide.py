"""Decide on what somebody else proposed: accept it with its document, or refuse it with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.workdays import policy
from kheo.workdays.models import CalendarDay, Certainty, Decided, DecidedYear, State


def decide(rows: Sequence[Decided], *, by: Any, document: Document | None = None) -> list[Decided]:
    """Accept proposals, all or none. `document` becomes the deciding document of those without one.

    Refused to whoever proposed one of them. A decided row needs a document. A second decided entry
    for one day and scope is refused: withdraw the first before. Nothing that was computed moves by
    this; `recompute` does that on command.
    """
    return _close(rows, "decide", by, document, "")


def reject(rows: Sequence[Decided], *, reason: str, by: Any) -> list[Decided]:
    """Refuse proposals with a reason; they stay readable."""
    if not reason.strip():
        raise InvalidInput(_("Write why the proposal is not accepted."), field="reason")
    return _close(rows, "reject", by, None, reason.strip())


def _close(rows: Sequence[Decided], verb: str, by: Any, document: Document | None, reason: str) -> list[Decided]:
    if not rows:
        raise InvalidInput(_("Choose at least one proposal."), field="rows")
    done: list[Decided] = []
    with transaction.atomic():
        for row in rows:
            locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
            require(policy.may(by, verb, locked))
            if locked.state != State.PROPOSED:
                raise Conflict(
                    _("“%(row)s” is no longer open: it is “%(state)s”. Open the list anew.")
                    % {"row": locked, "state": locked.get_state_display()}
                )
            done.append(_accept(locked, by, document) if verb == "decide" else _refuse(locked, by, reason))
            record.record(f"workdays.{verb}", locked, by=by, document=str(locked.basis or ""), reason=reason)
    return done


def _accept(row: Decided, by: Any, document: Document | None) -> Decided:
    row.basis = row.basis or document
    if row.basis is None:
        raise InvalidInput(
            _("“%(row)s” has no deciding document. Write its number; a day counts only by decision.") % {"row": row}, field="document"
        )
    _refuse_second(row)
    row.state, row.certainty = State.DECIDED, Certainty.DOCUMENT
    row.decided_by_id, row.decided_by_name, row.decided_at = by.pk, str(by)[:150], timezone.now()
    row.save()
    return row


def _refuse(row: Decided, by: Any, reason: str) -> Decided:
    row.state, row.reason = State.REJECTED, reason[:400]
    row.closed_by_name, row.closed_at = str(by)[:150], timezone.now()
    row.save()
    return row


def _refuse_second(row: Decided) -> None:
    if isinstance(row, CalendarDay):
        other = CalendarDay.objects.filter(on=row.on, unit_id=row.unit_id, state=State.DECIDED).first()
        if other is not None:
            raise Conflict(
                _("%(day)s is decided already as “%(name)s”. Withdraw that entry first.") % {"day": format_date(row.on), "name": other.name}
            )
    if isinstance(row, DecidedYear) and DecidedYear.objects.filter(year=row.year, state=State.DECIDED).exists():
        raise Conflict(_("The year %(year)s is decided already.") % {"year": row.year})
