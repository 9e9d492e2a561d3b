"""Attach a file to a check or an assessment, after one look at what it is and what it gives away."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.files import kinds, photos
from kheo.core.files.scan import scan
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.inspections import policy
from kheo.inspections.models import Assessment, Attachment, Inspection, SchemeCriterion

MOST_FILES = 40


def attach(owner: Inspection | Assessment, data: bytes, filename: str, *, by: Any, criterion: SchemeCriterion | None = None) -> Attachment:
    """Keep one file; photos are written anew without their hidden data. The same file twice is one.

    Files are never public. Possible identity numbers are counted and shown to the officers.
    Raises InvalidInput in words for what is not taken.
    """
    require(policy.may(by, "attach", owner))
    found = scan(data, filename)
    if found.refusal is not None:
        found.refusal.field = "file"
        raise found.refusal
    existing = owner.attachments.filter(sha256=found.sha256, criterion=criterion).first()
    if existing is not None:
        return existing
    if owner.attachments.count() >= MOST_FILES:
        raise InvalidInput(_("At most %(count)s files are kept here.") % {"count": MOST_FILES}, field="file")
    made = Attachment(
        criterion=criterion, original_name=text.nfc(PurePath(filename).name)[-200:], kind=str(found.kind), size=len(data), sha256=found.sha256,
        findings=[asdict(finding) for finding in found.findings], by=by, by_name=str(by)[:150], at=timezone.now(),
    )
    if isinstance(owner, Inspection):
        made.inspection = owner
    else:
        made.assessment = owner
    with transaction.atomic():
        if found.kind in kinds.PHOTOS:
            photo = photos.reencode(data)
            made.kind, made.size, data = str(photo.kind), len(photo.data), photo.data
        made.file.save(f"{uuid.uuid4().hex}.{made.kind}", ContentFile(data), save=False)
        made.save()
        record.record("inspections.attach", owner, by=by, file=made.original_name, sha256=made.sha256, findings=len(made.findings))
    return made
