"""Launch a movement, or change what it says about itself and its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.documents.models import Document
from kheo.movements import policy
from kheo.movements.models import Field, Movement
from kheo.organizations.models import Organization


@dataclass(frozen=True)
class Words:
    """The movement as written on the form."""

    name: str
    area: Organization
    name_en: str = ""
    slogan: str = ""
    summary: str = ""
    summary_en: str = ""
    function: str = ""
    decision: Document | None = None


@dataclass(frozen=True)
class FieldLine:
    """One field as written on the form; `code` never changes once practices may carry it."""

    name: str
    short_name: str
    name_en: str = ""
    code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def write_movement(words: Words, lines: Sequence[FieldLine], *, by: Any, current: Movement | None = None) -> Movement:
    """Save the movement and its fields; the address and the codes are made once, from the names.

    A field is never deleted: practices point at it. One that is left out of the form, or given an
    end, no longer holds for new registrations. Raises InvalidInput in words.
    """
    require(policy.may(by, "launch", current.area if current else words.area))
    if current and words.area.pk != current.area_id:
        require(policy.may(by, "launch", words.area))
    _check(lines)
    with transaction.atomic():
        movement = current or Movement(slug=_slug(words.name))
        for name in Words.__dataclass_fields__:
            setattr(movement, name, getattr(words, name))
        movement.save()
        codes = [_write_field(movement, order, line) for order, line in enumerate(lines, start=1)]
        today = timezone.localdate()
        for left_out in movement.fields.exclude(code__in=codes).filter(valid_to__isnull=True):
            left_out.valid_to = max(today, left_out.valid_from or today)
            left_out.save(update_fields=["valid_to"])
        record.record("movements.write_movement", movement, by=by, name=movement.name, fields=[line.name for line in lines])
    return movement


def _check(lines: Sequence[FieldLine]) -> None:
    if not lines:
        raise InvalidInput(_("Write at least one field: each practice has exactly one main field."))
    seen: set[str] = set()
    for line in lines:
        folded = text.fold(line.name)
        if folded in seen:
            raise InvalidInput(_("The field “%(name)s” stands in the list twice.") % {"name": line.name})
        seen.add(folded)
        if line.valid_from and line.valid_to and line.valid_to <= line.valid_from:
            raise InvalidInput(_("The field “%(name)s” ends before it begins.") % {"name": line.name})


def _write_field(movement: Movement, order: int, line: FieldLine) -> str:
    code = line.code or text.slugify(line.name)[:40]
    Field.objects.update_or_create(
        movement=movement, code=code,
        defaults={
            "name": line.name, "name_en": line.name_en or line.name, "short_name": line.short_name, "order": order,
            "valid_from": line.valid_from, "valid_to": line.valid_to,
        },
    )
    return code


def _slug(name: str) -> str:
    wanted = text.slugify(name)[:50] or "phong-trao"
    taken = set(Movement.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for n in range(1, 1000) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken)
