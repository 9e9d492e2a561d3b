"""Register an official document, once."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.files import kinds, photos, scan
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents import policy, queries
from kheo.documents.models import Document

FILE_KINDS: frozenset[kinds.Kind] = frozenset({"pdf", "docx", "png", "jpg"})
_REQUIRED = {
    "number": _("Write the number and symbol of the document, for example 12-QĐ/ĐU."),
    "title": _("Write what the document is about."),
    "issuer": _("Write which body issued the document."),
}


def register(
    number: str,
    kind: str,
    title: str,
    issuer: str,
    signer: str,
    signer_title: str,
    issued_on: date,
    file: File[bytes] | None = None,
    *,
    by: Any,
    effective_from: date | None = None,
    effective_to: date | None = None,
    url: str = "",
) -> Document:
    """Return the document of that number, issuer and day, registering it when it is new.

    Doing it again adds nothing; a later call may fill what was left empty (signer, file, dates) but
    never changes what is written. An unusual number is accepted: ask rules.looks_official() to warn.
    Raises Refused, and InvalidInput with the field that is missing or impossible.
    """
    require(policy.may(by, "register"))
    given = {
        "number": number.replace(" ", ""), "kind": kind, "title": title, "issuer": issuer,
        "signer": signer, "signer_title": signer_title,
    }
    texts = {name: text.squeeze(text.nfc(value)) for name, value in given.items()}
    _check(texts, issued_on, effective_from, effective_to)
    values: dict[str, Any] = {**texts, "effective_from": effective_from, "effective_to": effective_to, "url": url.strip()}
    if file is not None:
        check_file(file)
        file = _without_traces(file)
    try:
        with transaction.atomic():
            return _write(values, issued_on, file, by)
    except IntegrityError:  # two people sent the same decision at the same instant
        found = queries.find(texts["number"], texts["issuer"], issued_on)
        if found is None:
            raise
        return found


def _write(values: dict[str, Any], issued_on: date, file: File[bytes] | None, by: Any) -> Document:
    found = queries.find(values["number"], values["issuer"], issued_on)
    if found is None:
        made = Document(**values, issued_on=issued_on, folded=_folded(values))
        if file is not None:
            made.file = file
        made.save()
        record.record("documents.register", made, by=by, title=made.title, issuer=made.issuer)
        return made
    found = Document.objects.select_for_update().get(pk=found.pk)
    filled = [name for name, value in values.items() if value and not getattr(found, name)]
    for name in filled:
        setattr(found, name, values[name])
    if file is not None and not found.file:
        found.file = file
        filled.append("file")
    if filled:
        found.folded = _folded({name: getattr(found, name) for name in values})
        found.save()
        record.record("documents.register", found, by=by, filled=filled)
    return found


def _check(texts: dict[str, str], issued_on: date, start: date | None, end: date | None) -> None:
    for name, words in _REQUIRED.items():
        if not texts[name]:
            raise InvalidInput(words, field=name)
    for name, value in texts.items():
        limit = Document._meta.get_field(name).max_length  # type: ignore[union-attr]
        if limit and len(value) > limit:
            raise InvalidInput(
                _("This text has %(length)s characters; at most %(limit)s fit.") % {"length": len(value), "limit": limit},
                field=name,
            )
    if issued_on > timezone.localdate():
        raise InvalidInput(_("The date of issue lies in the future. Check the day, month and year."), field="issued_on")
    if end is not None and end <= (start or issued_on):
        raise InvalidInput(_("The document would end before it begins to hold."), field="effective_to")


def check_file(file: File[bytes]) -> None:
    """Refuse in words (InvalidInput) a file that is too large or of a kind the register does not take."""
    if file.size > scan.MAX_SIZE:
        raise InvalidInput(code="file_too_large", params={"limit": scan.MAX_SIZE >> 20}, field="file")
    file.seek(0)
    try:
        kinds.kind_of(file.read(), str(file.name or ""), allowed=FILE_KINDS)
    except InvalidInput as error:
        error.field = "file"
        raise
    finally:
        file.seek(0)


def _without_traces(file: File[bytes]) -> File[bytes]:
    """A paper that was photographed goes in without the place and device of the telephone."""
    if PurePath(str(file.name)).suffix.lower() not in (".png", ".jpg", ".jpeg"):
        return file
    data, kind = photos.cleaned(file.read())
    return ContentFile(data, f"{PurePath(str(file.name)).stem}.{kind}")


def _folded(values: dict[str, Any]) -> str:
    return text.fold(" ".join(str(values[name]) for name in ("number", "kind", "title", "issuer")))[:900]
