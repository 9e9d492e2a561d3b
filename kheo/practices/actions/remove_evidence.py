"""Take a piece of evidence away for good: the wrong file, or one with somebody's personal data."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.practices import policy
from kheo.practices.models import Evidence


def remove_evidence(evidence: Evidence, reason: str, *, by: Any) -> None:
    """Delete the row and, once that is certain, the files. The log keeps name, fingerprint and reason.

    Allowed while evidence may still be added; later scores rest on it and it can only be hidden.
    """
    practice = evidence.practice
    require(policy.may(by, "remove_evidence", practice))
    words = text.squeeze(text.nfc(reason))
    if not words:
        raise InvalidInput(_("Say why the file is taken away; the log keeps it."), field="reason")
    with transaction.atomic():
        locked = Evidence.objects.select_for_update().filter(pk=evidence.pk).first()
        if locked is None:
            raise Conflict(_("This file has been taken away already."))
        name, number = locked.original_name, locked.sha256
        files = [(field.storage, str(field.name)) for field in (locked.file, locked.thumbnail) if field]
        locked.delete()
        record.record("practices.remove_evidence", practice, by=by, file=name, sha256=number, reason=words)
        for storage, kept in files:
            transaction.on_commit(partial(storage.delete, kept))
