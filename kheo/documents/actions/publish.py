"""Show a document of the register to everybody."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.files import kinds, scan
from kheo.core.files.text import extract
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents import policy, queries
from kheo.documents.models import Document

MOST_WORDS = 40_000


def publish(document: Document, *, with_file: bool = True, by: Any) -> Document:
    """The document is on the public pages from today on; doing it again changes only whether its file is.

    Nothing becomes public by itself. A file in which an identity number, a telephone or an account
    number is found is never shown: InvalidInput (field ``with_file``) says so; the entry may be public
    without it. Refused for everyone who does not answer for what the site says.
    """
    require(policy.may(by, "publish"))
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        shown = bool(with_file and document.file)
        words = words_of(document) if shown else ""
        was_public = queries.is_public(document)
        if was_public and document.file_public == shown:
            return document
        if not was_public:
            document.public_from, document.public_to = timezone.localdate(), None
        document.file_public, document.words = shown, words
        document.save(update_fields=["public_from", "public_to", "file_public", "words"])
        record.record("documents.publish", document, by=by, with_file=shown)
    return document


def words_of(document: Document) -> str:
    """The text of the file, for the search; empty for a photo or a scanned paper. InvalidInput when it may not be shown."""
    data = _bytes(document)
    found = scan.scan(data, str(document.file.name), allowed=kinds.ALLOWED)
    if found.refusal is not None:
        found.refusal.field = "with_file"
        raise found.refusal
    if found.certain:
        raise InvalidInput(
            _("The file holds what looks like personal data (%(n)s places, the first: %(excerpt)s). It cannot be shown in public.")
            % {"n": len(found.certain), "excerpt": found.certain[0].excerpt},
            field="with_file", remedy=_("Publish the entry without its file, or register a copy from which these are taken out."),
        )
    return text.squeeze(extract(data, found.kind))[:MOST_WORDS] if found.kind else ""


def _bytes(document: Document) -> bytes:
    name = document.file.name or ""
    if not document.file.storage.exists(name):
        raise InvalidInput(_("The file is not in the store. Publish the entry without it."), field="with_file")
    with document.file.open("rb") as source:
        data: bytes = source.read()
    return data
