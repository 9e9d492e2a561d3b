"""Words for what the site says about itself: why a link is broken."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

ANSWERS: dict[str, Any] = {
    "404": _("There is no such page (404)."), "410": _("The page was taken away (410)."), "403": _("The page is closed to the public (403)."),
    "timeout": _("The other site did not answer in time."), "refused": _("The other site accepts no connection."), "name": _("There is no site of this name."),
    "circle": _("The address leads in a circle."), "certificate": _("The other site's certificate is not valid."), "address": _("This is no address."),
    "broken_off": _("The connection broke off."), "anchor": _("The page is there, but not the place in it."),
    "untried": _("Not tried: the other sites took too long. It is tried again next time."),
}


def answer_words(answer: str) -> str:
    """What was answered, as a sentence."""
    if answer in ANSWERS:
        return str(ANSWERS[answer])
    if answer.isdigit():
        words = _now("The server reports a fault (%(status)s).") if answer >= "500" else _now("The server answered %(status)s.")
        return words % {"status": answer}
    return answer
