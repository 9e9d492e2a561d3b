"""The thread between the ward and the registering side."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.practices import policy
from kheo.practices.models import Message, Practice

LONGEST = 5000


def guide(practice: Practice, words: str, *, by: Any, at: datetime | None = None) -> Message:
    """The ward writes guidance."""
    require(policy.may(by, "guide", practice))
    with transaction.atomic():
        message = add_message(practice, Message.Kind.GUIDANCE, words, by=by, at=at)
        record.record("practices.guide", practice, by=by, text=message.text[:500])
    return message


def add_message(practice: Practice, kind: str, words: str, *, by: Any, at: datetime | None = None) -> Message:
    """Add to the thread; the same words sent twice in a row are one message."""
    clean = text.nfc(words).strip()
    if not clean:
        raise InvalidInput(_("Write what you want to say."), field="words")
    if len(clean) > LONGEST:
        raise InvalidInput(_("This text has %(length)s characters; at most %(limit)s fit.") % {"length": len(clean), "limit": LONGEST}, field="words")
    last = practice.messages.order_by("-at", "-id").first()
    if last is not None and last.text == clean and last.kind == kind and last.by_name == str(by)[:200]:
        return last  # pressed twice
    return Message.objects.create(
        practice=practice, kind=kind, text=clean, by=by if getattr(by, "pk", None) else None,
        by_name=str(by)[:200], at=at or timezone.now(),
    )
