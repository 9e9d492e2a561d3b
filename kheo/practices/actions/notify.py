"""Tell the registering side by e-mail what happened to its registration. Part of other verbs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from kheo.core import letters
from kheo.practices.models import Practice


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
        letters.send(address, subject, lines, path=reverse("practices:registration", args=[practice.access_key]), about=f"practice {practice.pk}")
