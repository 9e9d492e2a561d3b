"""Bring a new version of a Word template, after reading its tokens and pouring it full once."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.files import kinds
from kheo.core.files.archives import Archive, ArchiveLimits
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.reports import policy
from kheo.reports.models import ReportTemplate
from kheo.reports.queries import template_checks
from kheo.reports.queries.rendering import render

MAX_SIZE = 5 << 20
UNPACKED = 60 << 20
"""Bytes a template may unpack to: text and a few pictures, not a bomb."""


def upload(kind: str, layout: str, name: str, data: bytes, *, sample: dict[str, Any], by: Any, note: str = "") -> ReportTemplate:
    """A new version, in force at once for reports not issued yet.

    Unknown tokens are refused with their list; `sample` is the content of some report, poured into the
    file as a test. Nothing is stored when anything is wrong.
    """
    require(policy.may_change_templates(by))
    if len(data) > MAX_SIZE:
        raise InvalidInput(code="file_too_large", params={"limit": MAX_SIZE >> 20}, field="file")
    kinds.kind_of(data, name, allowed=frozenset({"docx"}))
    Archive(data, ArchiveLimits(unpacked=UNPACKED)).check()
    reading = template_checks.read(data, sample["figures"])
    if reading.broken:
        raise InvalidInput(_("This Word file cannot be a template: %(why)s.") % {"why": reading.broken}, field="file")
    if reading.unknown:
        said = "; ".join(_told(token, meant, reading.places.get(token, "")) for token, meant in reading.unknown[:12])
        raise InvalidInput(_("These tokens of the file are not figures: %(tokens)s. Nothing was saved.") % {"tokens": said}, field="file")
    if "cac_muc" not in reading.tokens:
        raise InvalidInput(_("The file does not show the sections: keep the lines {%%p for muc in cac_muc %%} … {%%p endfor %%} of the shipped template.") % {}, field="file")
    _try(sample, layout, data)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        rows = ReportTemplate.objects.select_for_update().filter(kind=kind, layout=layout)
        latest = rows.order_by("-version").first()
        if latest is not None and latest.sha256 == digest and latest.withdrawn_at is None:
            return latest
        version = (rows.aggregate(top=Max("version"))["top"] or 0) + 1
        made = ReportTemplate(
            kind=kind, layout=layout, version=version, name=text.nfc(name)[:150], sha256=digest, tokens=reading.tokens, note=note.strip()[:300],
            by_name=str(by)[:150], at=timezone.now(),
        )
        made.file.save(f"{kind}-{layout}-v{version}-{digest[:8]}.docx", ContentFile(data), save=False)
        made.save()
        record.record("reports.upload_template", made, by=by, sha256=digest, tokens=len(reading.tokens))
    return made


def _told(token: str, meant: tuple[str, ...], place: str) -> str:
    """`mo_hinh.sai, bảng 1, dòng 2, cột 1 (mo_hinh.dang_ky?)`."""
    return f"“{token}”" + (f", {place}" if place else "") + (f" ({', '.join(meant)}?)" if meant else "")


def _try(sample: dict[str, Any], layout: str, data: bytes) -> None:
    try:
        render(sample, "docx", layout, template=data)
    except Exception as error:
        raise InvalidInput(_("The file could not be filled in a test: %(why)s. Nothing was saved.") % {"why": str(error)[:200]}, field="file") from error


def withdraw(template: ReportTemplate, *, by: Any) -> ReportTemplate:
    """Take a version out of use; the one before it holds again, in the end the shipped one."""
    require(policy.may_change_templates(by))
    with transaction.atomic():
        locked = ReportTemplate.objects.select_for_update().get(pk=template.pk)
        if locked.withdrawn_at is None:
            locked.withdrawn_at = timezone.now()
            locked.save(update_fields=["withdrawn_at"])
            record.record("reports.withdraw_template", locked, by=by)
    return locked
