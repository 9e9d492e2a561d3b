"""Write a checklist, or its next version. A version that a check has used is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.inspections import policy
from kheo.inspections.models import Checklist, ChecklistItem


def write_checklist(
    name: str, questions: Sequence[tuple[str, str]], valid_from: date, *, by: Any, basis: Document | None = None, current: Checklist | None = None
) -> Checklist:
    """Save the questions (text, what to look at) in order. Plans keep the version they were made with."""
    require(policy.may(by, "write_checklist"))
    if not name.strip():
        raise InvalidInput(_("Write the name of the checklist."), field="name")
    if not questions:
        raise InvalidInput(_("Write at least one question."), field="questions")
    with transaction.atomic():
        if current is not None and current.frozen_at is None:
            made = Checklist.objects.select_for_update().get(pk=current.pk)
            made.items.all().delete()
        else:
            code = current.code if current else _code(name)
            last = Checklist.objects.filter(code=code).aggregate(n=Max("version"))["n"] or 0
            made = Checklist(code=code, version=last + 1)
        made.name, made.valid_from, made.basis = name.strip()[:200], valid_from, basis
        made.save()
        ChecklistItem.objects.bulk_create(
            ChecklistItem(checklist=made, order=n, text=question.strip()[:400], guidance=guidance.strip()[:400])
            for n, (question, guidance) in enumerate(questions, start=1)
        )
        record.record("inspections.write_checklist", made, by=by, version=made.version, criteria=len(questions))
    return made


def _code(name: str) -> str:
    stem = text.slugify(name, limit=36) or "noi-dung"
    taken = set(Checklist.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)
