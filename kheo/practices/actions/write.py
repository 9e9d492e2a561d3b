"""The typed side of a registration: columns, rows, search fields. Verbs call it; views never do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.organizations.models import Organization
from kheo.practices.models import Force, Goal, Output, Practice, PracticeArea, Resource
from kheo.practices.queries import registration as areas
from kheo.practices.rules import search
from kheo.practices.rules.registration import RegistrationData


PLAIN = (
    "kind", "subject", "stage", "organization_text", "contact_name",
    "contact_phone", "contact_email", "title", "situation", "objectives", "content", "area_text", "starts_on",
    "ends_on", "review_on", "schedule", "sustainability",
)  # fmt: skip


def write(practice: Practice, data: RegistrationData) -> None:
    """Put the checked values on a practice (which is saved) and replace its rows.

    Raises InvalidInput for what only the database knows: no ward, dates out of order, same fields.
    """
    _check(data)
    for name in PLAIN:
        value = getattr(data, name)
        setattr(practice, name, text.nfc(value).strip() if isinstance(value, str) else value)
    practice.field_id, practice.second_field_id = data.field, data.second_field
    practice.organization = Organization.objects.filter(pk=data.organization).first() if data.organization else None
    practice.ward = _ward_of(data, practice)
    if data.adaptation:
        practice.adaptation = data.adaptation
    if data.parent and practice.parent_id is None and data.parent != practice.pk:
        practice.parent_id = data.parent
    if practice.ward is None:
        raise InvalidInput(_("Choose the ward or commune the unit belongs to."), field="ward")
    refresh_search(practice)
    practice.save()
    _replace_rows(practice, data)


def refresh_search(practice: Practice) -> None:
    """Recompute the derived search and sort fields from the columns (not saved)."""
    individual = practice.subject == "individual" and practice.organization_id is None
    unit = "" if individual else str(practice.organization or practice.organization_text)
    practice.title_folded = text.fold(practice.title)[:320]
    practice.sort_key = text.collation_key(practice.title)[:400]
    practice.folded = search.search_text(practice.title, unit, str(practice.ward or ""), practice.summary)


def _check(data: RegistrationData) -> None:
    if not data.title.strip():
        raise InvalidInput(_("Write the name of the practice."), field="title")
    if data.organization is None and not data.organization_text.strip():
        raise InvalidInput(_("Choose the registering unit, or write its name."), field="organization")
    if data.starts_on and data.ends_on and data.ends_on < data.starts_on:
        raise InvalidInput(_("The end lies before the start."), field="ends_on")
    if data.second_field is not None and data.second_field == data.field:
        raise InvalidInput(_("The second field is the same as the main field; leave it empty."), field="second_field")


def _ward_of(data: RegistrationData, practice: Practice) -> Organization | None:
    """The area of the chosen unit as of the cycle; only without a unit the ward that was named."""
    if practice.organization is not None:
        return areas.area_of(practice.organization, areas.day_of(practice.cycle)) or practice.ward
    return Organization.objects.filter(pk=data.ward).first() if data.ward else None


def _replace_rows(practice: Practice, data: RegistrationData) -> None:
    for kind in (Goal, Force, Resource, Output, PracticeArea):
        kind.objects.filter(practice=practice).delete()
    Goal.objects.bulk_create(Goal(practice=practice, order=n, **vars(row)) for n, row in enumerate(data.goals))
    Force.objects.bulk_create(
        Force(practice=practice, order=n, name=row.name, part=row.part, duty=row.duty, organization_id=row.organization)
        for n, row in enumerate(data.forces)
    )
    Resource.objects.bulk_create(Resource(practice=practice, order=n, **vars(row)) for n, row in enumerate(data.resources))
    Output.objects.bulk_create(Output(practice=practice, order=n, **vars(row)) for n, row in enumerate(data.outputs))
    PracticeArea.objects.bulk_create(PracticeArea(practice=practice, organization_id=area) for area in dict.fromkeys(data.areas))
