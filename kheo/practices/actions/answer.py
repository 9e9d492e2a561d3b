"""The registering side answers guidance or remarks in the thread."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kheo.audit.actions import record
from kheo.core.verdicts import require
from kheo.practices import policy
from kheo.practices.actions.guide import add_message
from kheo.practices.models import Message, Practice


def answer(practice: Practice, words: str, *, by: Any, at: Any = None) -> Message:
    """Add an answer; people without an account answer as holders of the secret address."""
    require(policy.may(by, "answer", practice))
    with transaction.atomic():
        message = add_message(practice, Message.Kind.ANSWER, words, by=by, at=at)
        record.record("practices.answer", practice, by=by, text=message.text[:500])
    return message
