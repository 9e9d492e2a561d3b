"""Say that a section was looked at and is right."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from kheo.audit.actions import record
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.portal import policy
from kheo.portal.models import SectionCheck, SectionKind


def check_section(site: Site, kind: SectionKind, *, by: Any, note: str = "") -> SectionCheck:
    """One more check, of today. NĐ 224/2026, Điều 9 khoản 3: what changes is brought up to date at once."""
    require(policy.may_edit(by, site))
    with transaction.atomic():
        made = SectionCheck.objects.create(
            site=site, kind=kind, on=timezone.localdate(), note=text.squeeze(text.nfc(note))[:300], by_name=str(by)[:200], at=timezone.now()
        )
        record.record("portal.check_section", kind, by=by, unit=str(site), text=made.note)
    return made
