"""Letters by e-mail that follow what was decided."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

logger = logging.getLogger("kheo.letters")
LONGEST_SUBJECT = 180


def send(to: str, subject: Any, lines: Iterable[Any], *, path: str, about: str) -> None:
    """Send one letter after the transaction has committed: the lines, then the address of the page at `path`.

    Lazy translations are written in the language that is active now, so callers stand inside
    `translation.override(person.language)`. `about` names the record in the log, should no mail server answer.
    """
    words = "\n\n".join([*map(str, lines), settings.SITE_URL.rstrip("/") + path])
    letter = EmailMessage(" ".join(str(subject).split())[:LONGEST_SUBJECT], words, to=[to])
    transaction.on_commit(partial(_send, letter, about))


def _send(letter: EmailMessage, about: str) -> None:
    """A mail server that does not answer must not undo what an officer decided."""
    try:
        letter.send()
    except OSError:
        logger.warning("The letter about %s could not be sent", about, exc_info=True)
