"""Found a unit with its first version."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kheo.audit.actions import record
from kheo.core import access
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.organizations import policy, queries
from kheo.organizations.actions import write_version
from kheo.organizations.actions.write_version import VersionData
from kheo.organizations.models import Organization


def create_unit(data: VersionData, *, by: Any, slug: str = "") -> Organization:
    """Create a unit. Raises Refused, and InvalidInput when dates, superior unit, code or name contradict others."""
    require(policy.may(by, [data.parent]))
    with transaction.atomic():
        made = found_unit(data, slug=slug)
        access.forget(by)
        record.record(
            "organizations.create_unit", made, by=by, label=data.name, name=data.name, code=data.code,
            start=data.start.isoformat(), parent=str(data.parent or ""), basis=str(data.basis or ""),
        )
    return made


def found_unit(data: VersionData, *, slug: str = "") -> Organization:
    """The rows of a new unit, without policy and audit: for verbs that found units as one of their steps."""
    if data.parent is not None:
        Organization.objects.select_for_update().filter(pk=data.parent.pk).first()
    made = Organization.objects.create(slug=slug or free_slug(data))
    write_version.add(made, data)
    return made


def free_slug(data: VersionData) -> str:
    """The address of a unit: its name, with the name of its superior unit where that alone is not enough."""
    base = text.slugify(data.name, limit=70) or "don-vi"
    options = [base]
    if data.parent is not None:
        above = queries.version_of(data.parent, data.start)
        if above is not None:
            place = text.slugify(above.short_name or above.name, limit=40)
            whole = f"{base}-{place}"
            # "Khu phố 1" says nothing by itself; "Phường Đông Sơn" does.
            options = [base, whole] if data.kind.is_area or place in base else [whole]
    options += [f"{options[-1]}-{data.start.year}"]
    taken = set(Organization.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 2
    for option in options:
        if option not in taken:
            return option
    while f"{options[-1]}-{number}" in taken:
        number += 1
    return f"{options[-1]}-{number}"
