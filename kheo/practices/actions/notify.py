"""Tell the registering side by e-mail what happened to its registration. Part of other verbs."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from kheo.practices.models import Practice

logger = logging.getLogger("kheo.practices")


def tell(practice: Practice, subject: Any, *lines: Any) -> None:
    """Send one letter after the transaction has committed; without an address nothing is sent.

    Goes to the contact's e-mail, else to the person who registered it. `subject` and `lines` may be
    lazy translations: they are written in Vietnamese, or in the language of the signed-in person.
    """
    person = practice.registered_by
    address = practice.contact_email or (person.email if person else "")
    if not address:
        return
    with translation.override(person.language if person and not practice.contact_email else "vi"):
        page = settings.SITE_URL.rstrip("/") + reverse("practices:registration", args=[practice.access_key])
        words = "\n\n".join([*(str(line) for line in lines), page])
        letter = EmailMessage(" ".join(str(subject).split())[:180], words, to=[address])
    transaction.on_commit(partial(_send, letter, practice.pk))


def _send(letter: EmailMessage, number: int) -> None:
    """A mail server that does not answer must not undo what an officer decided."""
    try:
        letter.send()
    except OSError:
        logger.warning("The letter about practice %s could not be sent", number, exc_info=True)
