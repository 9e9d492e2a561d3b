"""Write guidance for the unit into the thread of a practice."""

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
from kheo.practices.actions import notify
from kheo.practices.models import Message, Practice

LONGEST = 5_000
"""Characters of one message."""


def guide(practice: Practice, words: str, *, by: Any, at: datetime | None = None) -> Message:
    """The officer explains or advises; the unit reads it on its page and by e-mail."""
    require(policy.may(by, "guide", practice))
    with transaction.atomic():
        message = add_message(practice, Message.Kind.GUIDANCE, words, by=by, at=at)
        record.record("practices.guide", practice, by=by, text=message.text[:500])
        if at is None:  # records of the past bring no letters
            notify.tell(
                practice,
                _("Guidance for “%(title)s”") % {"title": practice.title},
                _("The officers of the ward write about your registration %(number)s:") % {"number": practice.receipt_number},
                message.text,
                _("Answer at this address:"),
            )
    return message


def add_message(practice: Practice, kind: str, words: str, *, by: Any, at: datetime | None = None) -> Message:
    """One more message in the thread; part of a verb, inside its transaction."""
    cleaned = text.clean_pasted(words[: 2 * LONGEST])
    if not cleaned:
        raise InvalidInput(_("Write something: an empty message helps nobody."), field="text")
    if len(cleaned) > LONGEST:
        raise InvalidInput(
            _("The message has %(length)s characters; at most %(limit)s are kept. Shorten it.")
            % {"length": len(cleaned), "limit": LONGEST}, field="text",
        )
    return Message.objects.create(
        practice=practice, kind=kind, text=cleaned, by=by if getattr(by, "pk", None) else None,
        by_name=str(by)[:200], at=at or timezone.now(),
    )
