"""Derive a practice for another unit from one that works."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.movements.models import Cycle
from kheo.organizations.models import Organization
from kheo.practices import policy
from kheo.practices.actions import draft
from kheo.practices.models import Practice

COPIED = ("title", "kind", "subject", "situation", "objectives", "content", "sustainability")


def replicate(parent: Practice, *, cycle: Cycle, organization: Organization, adaptation: str, by: Any) -> Practice:
    """Open a draft for `organization` with the boxes of `parent` to be adapted; the tree keeps the link.

    Refused for the parent's own unit, without a word on what is adapted, and when that unit already
    replicates it in the cycle.
    """
    require(policy.may(by, "replicate", parent))
    if organization.pk == parent.organization_id:
        raise InvalidInput(_("This is the unit the practice comes from; choose another one."), field="organization")
    if not adaptation.strip():
        raise InvalidInput(_("Write what is adapted for the new unit."), field="adaptation")
    if parent.replicas.filter(cycle=cycle, organization=organization).exclude(state="withdrawn").exists():
        raise InvalidInput(_("%(unit)s replicates this practice in %(cycle)s already.") % {"unit": organization, "cycle": cycle}, field="organization")
    with transaction.atomic():
        made = draft.open_draft(cycle, by=by, organization=organization, parent=parent)
        made.adaptation, made.title = adaptation.strip(), parent.title
        plain = {name: str(getattr(parent, name)) for name in COPIED} | {
            "organization": str(organization.pk), "field": str(parent.field_id or ""), "stage": "new",
            "adaptation": adaptation.strip(), "parent": parent.slug or "",
        }
        made.draft = {name: [value] for name, value in (plain | _rows(parent)).items()}
        made.save()
        record.record("practices.replicate", made, by=by, parent=parent.pk, title=parent.title)
    return made


def _rows(parent: Practice) -> dict[str, str]:
    """Goals and outputs of the parent as form data, to be changed."""
    rows: dict[str, str] = {}
    for prefix, items, fields in (
        ("goals", list(parent.goals.all()), ("statement", "unit", "target")),
        ("outputs", list(parent.outputs.all()), ("result", "unit", "target", "evidence")),
    ):
        rows |= {f"{prefix}-TOTAL_FORMS": str(len(items)), f"{prefix}-INITIAL_FORMS": "0"}
        for number, item in enumerate(items):
            rows |= {f"{prefix}-{number}-{name}": _plain(getattr(item, name)) for name in fields}
    return rows


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") if hasattr(value, "as_tuple") else str(value)
