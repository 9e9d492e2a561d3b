"""Send a registration back for completion, or a proposal back to running; the remark joins the thread."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.practices.actions import move, notify
from kheo.practices.models import Message, Practice


def return_(practice: Practice, *, reason: str, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """Back to the registering side; it reads the reason on its page, and by mail if it gave an address."""
    locked = _back(practice, "return", reason=reason, by=by, expected_version=expected_version, at=at)
    notify.tell(
        locked, _("Registration %(receipt)s was returned for completion") % {"receipt": locked.receipt_number},
        _("“%(title)s” was returned for completion. Reason: %(reason)s") % {"title": locked.title, "reason": reason.strip()},
    )
    return locked


def send_back(practice: Practice, *, reason: str, by: Any, expected_version: int | None = None, at: datetime | None = None) -> Practice:
    """A proposal that is not ready goes back to running, with the reason."""
    return _back(practice, "send_back", reason=reason, by=by, expected_version=expected_version, at=at)


def _back(practice: Practice, verb: str, *, reason: str, by: Any, expected_version: int | None, at: datetime | None) -> Practice:
    with transaction.atomic():
        locked = move.locked(practice.pk, expected_version=expected_version)
        move.move(locked, verb, by=by, reason=reason, at=at)
        Message.objects.create(
            practice=locked, kind=Message.Kind.REMARK, text=reason.strip(), by=by if getattr(by, "pk", None) else None,
            by_name=str(by)[:200], at=at or timezone.now(),
        )
    return locked
