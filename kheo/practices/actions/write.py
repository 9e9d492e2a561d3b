"""Put an understood registration on a practice: columns, rows, and what search and sorting need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.practices.models import Force, Goal, Output, Practice, PracticeArea, Resource
from kheo.practices.queries import registration as queries
from kheo.practices.rules import search
from kheo.practices.rules.registration import RegistrationData

COLUMNS = (
    "title", "kind", "subject", "stage", "organization_text", "contact_name", "contact_phone", "contact_email",
    "situation", "objectives", "content", "area_text", "starts_on", "ends_on", "review_on", "schedule",
    "sustainability", "adaptation",
)  # fmt: skip


def write(practice: Practice, data: RegistrationData) -> None:
    """Write columns and rows of `data` and save the practice. State, receipt and draft stay.

    Part of a verb, inside its transaction; it checks no rights and writes no audit row. The ward
    comes from the unit, or from `data.ward` when the unit is not in the list. InvalidInput when
    neither gives one, or when dates or fields contradict each other.
    """
    _check(data)
    for name in COLUMNS:
        setattr(practice, name, _stored(getattr(data, name)))
    practice.field_id, practice.second_field_id = data.field, data.second_field
    if data.parent is not None and data.parent != practice.pk:
        practice.parent_id = data.parent
    practice.organization, practice.ward = _place(practice, data)
    refresh_search(practice)
    with transaction.atomic():
        practice.save()
        _replace(practice, Goal, data.goals, "statement", "unit", "target")
        _replace(practice, Force, data.forces, "name", "part", "duty", organization_id="organization")
        _replace(practice, Resource, data.resources, "kind", "description", "amount", "unit")
        _replace(practice, Output, data.outputs, "result", "unit", "target", "evidence")
        practice.areas.all().delete()
        PracticeArea.objects.bulk_create(PracticeArea(practice=practice, organization_id=n) for n in dict.fromkeys(data.areas))
    # Rows fetched before belong to the old text.
    practice._prefetched_objects_cache = {}  # type: ignore[attr-defined]


def refresh_search(practice: Practice) -> None:
    """Set what search, duplicate checks and sorting read; does not save."""
    day = queries.day_of(practice.cycle)
    unit = organizations.name_on(practice.organization, day) if practice.organization else ""
    if not unit and practice.subject == "collective":
        unit = practice.organization_text  # the words for an individual are the person's own name
    ward = organizations.name_on(practice.ward, day) if practice.ward else ""
    practice.title_folded = text.fold(practice.title)[:320]
    practice.folded = search.search_text(practice.title, unit, ward, practice.summary)
    practice.sort_key = text.collation_key(practice.title)[:400]


def _check(data: RegistrationData) -> None:
    if not data.title.strip():
        raise InvalidInput(_("Write the name of the practice."), field="title")
    if data.organization is None and not data.organization_text.strip():
        raise InvalidInput(_("Choose the unit, or write the name of another unit and choose its ward."), field="organization")
    if data.starts_on and data.ends_on and data.ends_on < data.starts_on:
        raise InvalidInput(_("The end lies before the start."), field="ends_on")
    if data.second_field is not None and data.second_field == data.field:
        raise InvalidInput(_("The second field is the same as the main field. Choose another or none."), field="second_field")


def _place(practice: Practice, data: RegistrationData) -> tuple[Organization | None, Organization | None]:
    day = queries.day_of(practice.cycle)
    known = organizations.with_versions()
    named = known.get(pk=data.ward) if data.ward else None
    unit = known.get(pk=data.organization) if data.organization is not None else None
    ward = (queries.area_of(unit, day) or named) if unit is not None else named
    if ward is None:
        raise InvalidInput(_("Choose the ward or commune whose officers receive the registration."), field="ward")
    return unit, ward


def _stored(value: Any) -> Any:
    return text.nfc(value).strip() if isinstance(value, str) else value


def _replace(practice: Practice, model: Any, rows: Iterable[Any], *names: str, **renamed: str) -> None:
    """The rows of one box, written anew in their order."""
    columns = {name: name for name in names} | renamed
    model.objects.filter(practice=practice).delete()
    model.objects.bulk_create(
        model(practice=practice, order=order, **{column: _stored(getattr(row, name)) for column, name in columns.items()})
        for order, row in enumerate(rows, start=1)
    )
