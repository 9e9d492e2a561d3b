"""How a document is laid out, for the desk and for everybody."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from kheo.core.files import kinds
from kheo.core.rules.dates import format_date
from kheo.documents.actions.register import FILE_KINDS
from kheo.documents.models import Document

# The kind was told from the bytes when the file was registered, so its ending can be trusted here.
MEDIA_TYPES = {f".{kind}": kinds.MIME[kind] for kind in FILE_KINDS} | {".jpeg": kinds.MIME["jpg"]}


def facts(document: Document) -> list[tuple[str, str]]:
    """Issuer, dates and signer as label and value."""
    end = document.effective_to
    return [
        (_("Issuing body"), document.issuer),
        (_("Date of issue"), format_date(document.issued_on)),
        (_("Signer"), ", ".join(part for part in (document.signer, document.signer_title) if part)),
        (_("In force from"), format_date(document.effective_from or document.issued_on)),
        (_("No longer in force from"), format_date(end) if end else _("no end written")),
    ]


def files(document: Document, name: str = "") -> list[dict[str, object]]:
    """The file as an attachment, with its size when it is there."""
    if not document.file:
        return []
    stored = Path(document.file.name or "")
    exists = document.file.storage.exists(document.file.name or "")
    return [{"label": name or stored.name, "href": "tep/", "kind": stored.suffix.lstrip("."), "size": document.file.size if exists else None}]
