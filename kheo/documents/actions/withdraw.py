"""Take a document off the public pages; it stays in the register."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents import policy, queries
from kheo.documents.models import Document


def withdraw(document: Document, reason: str, *, by: Any) -> Document:
    """Not public from today on, with the reason in the log. InvalidInput without a reason or when it is not public."""
    require(policy.may(by, "publish"))
    reason = text.squeeze(text.nfc(reason))[:300]
    if not reason:
        raise InvalidInput(_("Write why the document leaves the public pages."), field="reason")
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        if not queries.is_public(document):
            raise InvalidInput(_("This document is not on the public pages."))
        document.public_to, document.file_public, document.words = timezone.localdate(), False, ""
        document.save(update_fields=["public_to", "file_public", "words"])
        record.record("documents.withdraw", document, by=by, reason=reason)
    return document
