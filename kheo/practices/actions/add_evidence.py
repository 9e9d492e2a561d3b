"""Take in photos and files as evidence; show or hide them to the public."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.files import kinds, photos
from kheo.core.files.identity import find
from kheo.core.files.scan import FileReport, scan
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.practices import policy
from kheo.practices.models import Evidence, Practice, ProgressReport

MOST_FILES = 60  # per practice; a commune's disk is small


def add_evidence(
    practice: Practice, data: bytes, filename: str, *, by: Any, alt: str = "", report: ProgressReport | None = None, at: datetime | None = None
) -> Evidence:
    """Keep one file. Photos are written anew without EXIF; the same file twice is one piece.

    Raises InvalidInput in words for a type that is not taken, a damaged or an oversized file.
    """
    require(policy.may(by, "add_evidence", practice))
    found = scan(data, filename)
    if found.refusal is not None:
        raise found.refusal
    existing = Evidence.objects.filter(practice=practice, sha256=found.sha256).first()
    if existing is not None:
        return existing
    if practice.evidence.count() >= MOST_FILES:
        raise InvalidInput(_("This practice has %(count)s files already; at most that many are kept.") % {"count": MOST_FILES}, field="files")
    evidence = _evidence(practice, data, filename, found, alt=alt, report=report, by=by, at=at)
    try:
        with transaction.atomic():
            evidence.save()
            record.record("practices.add_evidence", practice, by=by, file=evidence.original_name, sha256=found.sha256, findings=len(evidence.findings))
    except IntegrityError:
        return Evidence.objects.get(practice=practice, sha256=found.sha256)
    return evidence


def _evidence(
    practice: Practice, data: bytes, filename: str, found: FileReport, *, alt: str, report: ProgressReport | None, by: Any, at: datetime | None
) -> Evidence:
    name = text.nfc(PurePath(filename).name)[-200:]
    evidence = Evidence(
        practice=practice, report=report, original_name=name, kind=str(found.kind), size=len(data), sha256=found.sha256,
        alt=text.squeeze(text.nfc(alt))[:250], findings=[asdict(f) for f in (*found.findings, *find(alt))],
        by=by if getattr(by, "pk", None) else None, by_name=str(by)[:200], at=at or timezone.now(),
    )
    stem = f"{practice.pk}-{uuid.uuid4().hex[:12]}"
    if found.kind in kinds.PHOTOS:
        photo = photos.reencode(data)
        evidence.kind, evidence.size, evidence.width, evidence.height = "photo", len(photo.data), photo.width, photo.height
        evidence.file.save(f"{stem}.{photo.kind}", ContentFile(photo.data), save=False)
        evidence.thumbnail.save(f"{stem}-nho.jpg", ContentFile(photo.thumbnail), save=False)
    else:
        evidence.file.save(f"{stem}.{found.kind}", ContentFile(data), save=False)
    return evidence


def publish_evidence(evidence: Evidence, *, public: bool, by: Any, alt: str | None = None) -> Evidence:
    """Show a piece of evidence to the public, or hide it again.

    Refused while the scan found possible identity numbers, and for a photo without words for those
    who cannot see it.
    """
    require(policy.may(by, "publish_evidence", evidence.practice))
    with transaction.atomic():
        locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if alt is not None:
            locked.alt = text.squeeze(text.nfc(alt))[:250]
        if public and (locked.findings or find(locked.alt)):
            raise InvalidInput(_("The file may hold identity or telephone numbers; it cannot be shown to the public. Replace it by a redacted copy."))
        if public and locked.kind == "photo" and not locked.alt:
            raise InvalidInput(_("Describe in one sentence what the picture shows, for people who cannot see it."), field="alt")
        locked.public = public
        locked.save(update_fields=["public", "alt"])
        record.record("practices.publish_evidence", evidence.practice, by=by, file=locked.original_name, public=public)
    return locked
