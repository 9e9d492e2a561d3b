"""Add or change one row of a reference list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.reference import ReferenceList
from kheo.core.verdicts import require
from kheo.desk import policy


def write_reference(found: ReferenceList, values: Mapping[str, Any], *, by: Any, row: Model | None = None) -> Model:
    """Save the values; the log names what changed from what to what. Raises InvalidInput in words."""
    require(policy.may(by, "write_reference"))
    start, end = values.get("valid_from"), values.get("valid_to")
    if start and end and end <= start:
        raise InvalidInput(_("The end must come after the beginning."), field="valid_to")
    with transaction.atomic():
        made = row or found.model()
        if row is not None:
            made = found.model._default_manager.select_for_update().get(pk=row.pk)
        changed = {}
        for name, value in values.items():
            before = getattr(made, name) if row is not None else None
            if row is not None and (name in found.fixed or before == value):
                continue
            setattr(made, name, value)
            changed[name] = f"{before} → {value}" if row is not None else str(value)
        if changed:
            made.save()
            record.record("desk.write_reference", made, by=by, name=str(found.title), changed=changed)
    return made
